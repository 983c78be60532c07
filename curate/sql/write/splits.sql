-- reads: splits, kept_candidates, candidate_keys, prompt_keys
-- grain: prompt that did not leave
-- why: which answers go on and to which split, for trainers that read answers and not pairs
select
    prompt_keys.prompt_id,
    splits.split,
    components.prompt_id as component,
    coalesce(
        list_sort(list(candidate_keys.candidate_id) filter (where candidate_keys.candidate_id is not null)),
        []
    ) as candidate_ids
from splits
join prompt_keys using (prompt_no)
join prompt_keys as components
    on components.prompt_no = splits.label
left join kept_candidates using (prompt_no)
left join candidate_keys using (candidate_no)
group by splits.prompt_no, prompt_keys.prompt_id, splits.split, components.prompt_id
order by splits.prompt_no
