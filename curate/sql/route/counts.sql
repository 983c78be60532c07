-- reads: decisions
-- grain: rule x where it sends prompts
-- why: what a routing amounts to
select
    rule,
    "to",
    count(*) as n_prompts,
    sum(raters)::bigint as n_votes
from decisions
group by rule, "to"
order by n_prompts desc, rule, "to"
