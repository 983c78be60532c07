-- reads: prompts
-- grain: one row of prompts
-- why: what is written is in the order of ids, so that the same source gives the same bytes
select *
from prompts
order by prompt_id
