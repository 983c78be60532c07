-- reads: raw_candidates, candidate_keys, survivors
-- grain: answer that is no exact copy
-- why: answers are held against those to the same prompt
select
    candidate_keys.candidate_no::bigint as doc_no,
    candidate_keys.prompt_no::bigint as scope,
    raw_candidates.response as text
from raw_candidates
join candidate_keys using (candidate_id, pull)
anti join survivors using (candidate_no)
