-- reads: pairs
-- grain: level x whole point of the margin, rounded down
-- why: pairs by rank alone have no margin
select
    level,
    floor(margin_raw)::integer as step,
    count(*) as n
from pairs
where margin_raw is not null
group by level, step
order by level, step
