-- reads: said_categories, raw_prompts
-- grain: prompt that has pairs and no category of its source
-- why: what tasks/task_types looks at
select raw_prompts.*
from raw_prompts
join said_categories using (prompt_id, pull)
where said_categories.category is null
