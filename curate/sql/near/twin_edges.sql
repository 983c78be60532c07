-- reads: near_twins
-- grain: two texts with one set of shingles
-- why: the first edges, of similarity 1
select
    twin_no as one_no,
    doc_no as other_no,
    1::decimal(18, 6) as similarity
from near_twins
