-- reads: pairs
-- grain: level x split
-- why: who decided, and how often by rank alone
select
    level,
    split,
    count(*) as n,
    sum((margin_raw is null)::integer)::integer as rank_only
from pairs
group by level, split
order by level, split
