-- reads: candidate_keys, lost_candidates
-- grain: candidate that goes on to pairing
-- why: what policies and counts look at
select
    candidate_no,
    prompt_no,
    origin
from candidate_keys
anti join lost_candidates using (candidate_no)
