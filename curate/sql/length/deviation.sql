-- reads: comparisons
-- grain: one row
-- why: the deviation of the differences about zero, which is their mean when each is seen from both sides
select
    count(*) as n_comparisons,
    count(*) filter (halves = 1) as n_ties,
    coalesce(sqrt(sum((difference * difference)::decimal(38, 0))::double / count(*)), 0) as deviation
from comparisons
