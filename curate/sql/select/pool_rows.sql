-- reads: pool
-- grain: one prompt to select from
-- why: all that a draw has to know of a prompt beside its vector
select
    prompt_id,
    task_type
from pool
order by place
