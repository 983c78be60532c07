-- reads: labels
-- grain: one row
-- why: a group that is a large share of the set makes the split lopsided (DESIGN 5.8)
select
    count(*) as n_groups,
    coalesce(max(n_prompts), 0) as largest,
    coalesce(sum(n_prompts), 0)::bigint as total
from (
    select
        label,
        count(*) as n_prompts
    from labels
    where paired
    group by label
)
