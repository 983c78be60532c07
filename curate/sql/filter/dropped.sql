-- reads: filtered_prompts, filtered_candidates, candidate_keys, prompt_keys, survivors, boilerplate,
--        lost_prompts
-- grain: prompt or candidate that a user's filter takes out
-- why: the reason is the filter's name; a candidate goes with its prompt
select
    'prompt' as level,
    filtered_prompts.prompt_id as id,
    null::varchar as source,
    null::bigint as line,
    'filter' as step,
    'filter:' || filtered_prompts.name as reason,
    null::varchar as detail,
    null::varchar as other_id,
    null::decimal(18, 6) as score
from filtered_prompts
join prompt_keys using (prompt_id)
anti join lost_prompts using (prompt_no)
union all
select
    'candidate' as level,
    candidate_keys.candidate_id as id,
    null::varchar as source,
    null::bigint as line,
    'filter' as step,
    'filter:' || coalesce(filtered_prompts.name, filtered_candidates.name) as reason,
    case when filtered_prompts.name is not null then 'with its prompt' end as detail,
    case when filtered_prompts.name is not null then prompt_keys.prompt_id end as other_id,
    null::decimal(18, 6) as score
from candidate_keys
join prompt_keys using (prompt_no)
anti join survivors using (candidate_no)
anti join boilerplate using (candidate_no)
anti join lost_prompts using (prompt_no)
left join filtered_prompts using (prompt_id)
left join filtered_candidates using (candidate_id)
where filtered_prompts.name is not null
    or filtered_candidates.name is not null
