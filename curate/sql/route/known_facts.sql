-- reads: prompt_facts
-- grain: prompt
-- why: rules see it from a file, since their sandbox reaches no other connection's tables
select *
from prompt_facts
order by prompt_id
