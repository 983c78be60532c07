-- reads: kept_pairs, pair_order, prompt_keys, raw_prompts
-- grain: pair or tie
-- why: what was asked, beside the answers and for the same reason on its own
with
    asked as (
        select
            pair_order.place,
            prompt_keys.prompt_id,
            prompt_keys.pull
        from kept_pairs
        join pair_order using (pair_id)
        join prompt_keys using (prompt_no)
        where kept_pairs.target = $target
    )
select
    asked.place,
    raw_prompts.messages,
    raw_prompts.media,
    raw_prompts.reference,
    raw_prompts.source,
    raw_prompts.source_key,
    raw_prompts.attributes
from raw_prompts
join asked using (prompt_id, pull)
order by asked.place
