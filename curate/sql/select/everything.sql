-- reads: prompt_keys
-- grain: one prompt
-- why: without --where every prompt may be selected
select prompt_id
from prompt_keys
