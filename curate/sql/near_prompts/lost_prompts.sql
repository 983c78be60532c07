-- reads: near_prompt_losses, near_compared, prompt_keys
-- grain: prompt that leaves
-- why: names the prompt it lost to and how near it is
select
    near_prompt_losses.prompt_no,
    'dedupe' as step,
    'near_duplicate' as reason,
    null::varchar as detail,
    prompt_keys.prompt_id as other_id,
    (near_compared.n_shared / near_compared.n_either)::decimal(18, 6) as score
from near_prompt_losses
join near_compared
    on near_compared.one_no = near_prompt_losses.prompt_no
    and near_compared.other_no = near_prompt_losses.survivor_no
join prompt_keys
    on prompt_keys.prompt_no = near_prompt_losses.survivor_no
