-- reads: survivors, near_losses, boilerplate, lost_prompts, candidate_keys, prompt_keys
-- grain: answer that is a copy or a near copy within its prompt, near prompt, and answer that goes with it
-- why: names what it lost to and how near it is
select
    'candidate' as level,
    lost.candidate_id as id,
    null::varchar as source,
    null::bigint as line,
    'dedupe' as step,
    case when near_losses.candidate_no is null then 'duplicate' else 'near_duplicate' end as reason,
    null::varchar as detail,
    kept.candidate_id as other_id,
    coalesce(near_losses.similarity, 1)::decimal(18, 6) as score
from survivors
left join near_losses using (candidate_no)
join candidate_keys as lost using (candidate_no)
join candidate_keys as kept
    on kept.candidate_no = survivors.survivor_no
union all
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
where lost_prompts.step = 'dedupe'
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
where lost_prompts.step = 'dedupe'
union all
select
    'candidate' as level,
    lost.candidate_id as id,
    null::varchar as source,
    null::bigint as line,
    'dedupe' as step,
    'near_duplicate' as reason,
    'boilerplate: an answer to another prompt' as detail,
    kept.candidate_id as other_id,
    boilerplate.similarity as score
from boilerplate
join candidate_keys as lost using (candidate_no)
join candidate_keys as kept
    on kept.candidate_no = boilerplate.survivor_no
