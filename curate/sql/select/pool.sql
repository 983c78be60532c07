-- reads: prompt_keys, task_types, wanted (the prompts for which --where holds)
-- grain: one prompt to select from
-- why: places from 0 in the order of the ids are rows of matrices, so that no draw depends on the order of
--      the files
select
    (row_number() over (order by prompt_keys.prompt_id) - 1)::integer as place,
    prompt_keys.prompt_id,
    prompt_keys.prompt_no,
    task_types.task_type
from prompt_keys
join task_types using (prompt_id)
semi join wanted using (prompt_id)
