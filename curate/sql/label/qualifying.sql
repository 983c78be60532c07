-- reads: qualified
-- grain: one task to send
-- why: the qualification in the order of its draw, for everybody
select
    prompt_id,
    $everybody as raters,
    answer_set,
    true as is_gold,
    row_number() over (order by draw) as place
from qualified
