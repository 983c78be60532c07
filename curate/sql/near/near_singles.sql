-- reads: near_sketches, near_twins
-- grain: text that stands for its twins
-- why: only these are compared
select
    doc_no,
    scope,
    n_shingles,
    keys
from near_sketches
anti join near_twins using (doc_no)
where n_shingles > 0
