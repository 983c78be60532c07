-- reads: copied_groups
-- grain: one row
-- why: what a user reads of boilerplate
select
    count(*) as n_texts,
    coalesce(sum(n_answers), 0)::bigint as n_answers,
    coalesce(max(n_prompts), 0) as most_prompts
from copied_groups
