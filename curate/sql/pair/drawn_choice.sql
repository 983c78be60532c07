-- reads: named_choices
-- grain: prompt
-- why: one draw a prompt, the same at each build, whatever else is in the workspace
select *
from named_choices
qualify row_number() over (
    partition by prompt_no
    order by md5($pair_seed || pair_id)
) = 1
