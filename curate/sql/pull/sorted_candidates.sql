-- reads: candidates
-- grain: one row of candidates
-- why: what is written is in the order of ids, so that the same source gives the same bytes
select *
from candidates
order by candidate_id
