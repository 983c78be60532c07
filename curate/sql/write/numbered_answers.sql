-- reads: candidate_keys, prompt_keys
-- grain: candidate
-- why: the ids that `candidate_no` stands for
select
    candidate_keys.candidate_no,
    candidate_keys.candidate_id,
    prompt_keys.prompt_id
from candidate_keys
join prompt_keys using (prompt_no)
order by candidate_keys.candidate_no
