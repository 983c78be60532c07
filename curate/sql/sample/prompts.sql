-- reads: chosen
-- grain: one prompt to sample
-- why: prompts are read as they are asked, so that memory stays flat; each model asks in this order
select *
from chosen
order by prompt_id
