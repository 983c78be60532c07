-- reads: survivors, boilerplate, lost_prompts, filtered_prompts, filtered_candidates, candidate_keys,
--        prompt_keys
-- grain: candidate that does not go on to pairing
-- why: an answer leaves as a copy, by its own filter, or with its prompt
select candidate_no
from survivors
union
select candidate_no
from boilerplate
union
select candidate_keys.candidate_no
from lost_prompts
join candidate_keys using (prompt_no)
union
select candidate_keys.candidate_no
from filtered_candidates
join candidate_keys using (candidate_id)
union
select candidate_keys.candidate_no
from filtered_prompts
join prompt_keys using (prompt_id)
join candidate_keys using (prompt_no)
