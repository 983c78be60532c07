-- reads: raw_prompts
-- grain: prompt that its source marks as gold
-- why: its right order is known, so annotators are measured by it; it is no work of its own
select distinct prompt_id
from raw_prompts
where attributes['gold'] = 'true'
