-- reads: preferences_left
-- grain: prompt
-- why: the widest compared pair: margin, nulls last, then tier_gap, then pair_id
select *
from preferences_left
qualify row_number() over (
    partition by prompt_no
    order by
        preferences_left.margin desc nulls last,
        preferences_left.tier_gap desc nulls last,
        preferences_left.pair_id
) = 1
