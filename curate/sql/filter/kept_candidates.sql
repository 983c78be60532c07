-- reads: candidate_keys, survivors, filtered_prompts, filtered_candidates, prompt_keys
-- grain: candidate that goes on to pairing
-- why: an answer leaves as a copy, by its own filter, or with its prompt
select
    candidate_keys.candidate_no,
    candidate_keys.prompt_no,
    candidate_keys.origin
from candidate_keys
join prompt_keys using (prompt_no)
anti join survivors using (candidate_no)
anti join filtered_prompts using (prompt_id)
anti join filtered_candidates using (candidate_id)
