-- reads: raw_prompts, routed
-- grain: one row
-- why: prompts that were pulled after the last routing wait for the next one
select count(distinct prompt_id) as n
from raw_prompts
anti join routed using (prompt_id)
