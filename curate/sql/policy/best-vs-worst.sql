-- reads: preferences_left
-- grain: widest preference of a prompt, with those as wide
-- why: the widest compared pair: margin, nulls last, then tier_gap; pair/first_choice takes one
select *
from preferences_left
qualify rank() over (
    partition by prompt_no
    order by
        margin desc nulls last,
        tier_gap desc nulls last
) = 1
