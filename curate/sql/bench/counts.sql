-- reads: voted_prompts
-- grain: category
-- why: how many prompts there are to draw from
select
    category,
    count(*) filter (fault is null) as n_prompts
from voted_prompts
group by category
order by category
