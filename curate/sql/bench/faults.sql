-- reads: voted_prompts
-- grain: fault
-- why: what was compared and can be no part of a benchmark is counted
select
    fault,
    count(*) as n_prompts
from voted_prompts
where fault is not null
group by fault
order by fault
