-- reads: named_choices
-- grain: prompt
-- why: of pairs that are equal in all else, the one with the smallest pair_id
select *
from named_choices
qualify row_number() over (
    partition by prompt_no
    order by pair_id
) = 1
