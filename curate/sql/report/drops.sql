-- reads: dropped
-- grain: step x level x reason
-- why: the manifest counts reasons over all levels of a step, and a funnel is of one
select
    step,
    level,
    reason,
    count(*) as n
from dropped
group by step, level, reason
order by step, level, n desc, reason
