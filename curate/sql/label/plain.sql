-- reads: fresh
-- grain: one task to send
-- why: work without gold, in the order of its ids
select
    prompt_id,
    raters,
    answer_set,
    false as is_gold,
    row_number() over (order by prompt_id) as place
from fresh
