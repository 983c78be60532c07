-- reads: raw_prompts
-- grain: one prompt
-- why: without --where every prompt is wanted
select distinct prompt_id
from raw_prompts
