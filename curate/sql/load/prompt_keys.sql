-- reads: raw_prompts
-- grain: one prompt
-- why: joins on numbers cost half of joins on ids; the numbers keep the order of the ids
select
    prompt_id,
    pull,
    (row_number() over (order by prompt_id))::integer as prompt_no
from (
    select
        prompt_id,
        min(pull) as pull
    from raw_prompts
    group by prompt_id
)
