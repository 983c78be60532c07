-- reads: kept_pairs, splits, prompt_keys, raw_prompts
-- grain: pair that the last joins would lose or double
-- why: must return nothing: every kept pair is written exactly once
select
    kept_pairs.pair_id,
    count(raw_prompts.prompt_id) as n_rows
from kept_pairs
left join splits using (prompt_no)
left join prompt_keys using (prompt_no)
left join (
    select
        prompt_id,
        pull
    from raw_prompts
) as raw_prompts
    on raw_prompts.prompt_id = prompt_keys.prompt_id
    and raw_prompts.pull = prompt_keys.pull
    and splits.split is not null
group by kept_pairs.pair_id
having count(raw_prompts.prompt_id) != 1
