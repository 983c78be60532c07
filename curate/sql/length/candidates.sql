-- reads: prompts, candidate_keys, prompt_keys, raw_candidates
-- grain: answer to a prompt whose task type its answers decide
-- why: what tasks/task_types looks at; where there is a reference, that decides and no answer is read
select raw_candidates.*
from raw_candidates
join candidate_keys using (candidate_id, pull)
join prompt_keys using (prompt_no)
where prompt_keys.prompt_id in (select prompt_id from prompts where nullif(reference, '') is null)
