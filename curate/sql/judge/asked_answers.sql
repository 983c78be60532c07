-- reads: raw_candidates, judge_prompts
-- grain: one answer to a prompt that is to be judged
-- why: as asked_prompts; a pull keeps answers in the order of their own ids
select
    prompt_id,
    candidate_id,
    any_value(response) as response
from raw_candidates
semi join (select * from judge_prompts where prompt_id >= $first) as wanted using (prompt_id)
group by prompt_id, candidate_id
order by prompt_id
