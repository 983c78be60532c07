-- reads: lost_prompts, prompt_keys, candidate_keys, survivors, boilerplate
-- grain: prompt that a benchmark has, and answer that leaves with it
-- why: cites the benchmark's row
select
    'prompt' as level,
    prompt_keys.prompt_id as id,
    null::varchar as source,
    null::bigint as line,
    lost_prompts.step,
    lost_prompts.reason,
    lost_prompts.detail,
    lost_prompts.other_id,
    lost_prompts.score
from lost_prompts
join prompt_keys using (prompt_no)
where lost_prompts.step = 'decontaminate'
union all
select
    'candidate' as level,
    candidate_keys.candidate_id as id,
    null::varchar as source,
    null::bigint as line,
    lost_prompts.step,
    lost_prompts.reason,
    'with its prompt' as detail,
    lost_prompts.other_id,
    lost_prompts.score
from lost_prompts
join candidate_keys using (prompt_no)
anti join survivors using (candidate_no)
anti join boilerplate using (candidate_no)
where lost_prompts.step = 'decontaminate'
