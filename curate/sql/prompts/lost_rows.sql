-- reads: lost_prompts, prompt_keys, candidate_keys, survivors, boilerplate
-- grain: prompt that left, and answer that left with it
-- why: every step that drops prompts writes the same two rows
select
    lost_prompts.step,
    'prompt' as level,
    prompt_keys.prompt_id as id,
    lost_prompts.reason,
    lost_prompts.detail,
    lost_prompts.other_id,
    lost_prompts.score
from lost_prompts
join prompt_keys using (prompt_no)
union all
select
    lost_prompts.step,
    'candidate' as level,
    candidate_keys.candidate_id as id,
    lost_prompts.reason,
    'with its prompt' as detail,
    lost_prompts.other_id,
    lost_prompts.score
from lost_prompts
join candidate_keys using (prompt_no)
anti join survivors using (candidate_no)
anti join boilerplate using (candidate_no)
