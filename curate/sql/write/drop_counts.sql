-- reads: pull_dropped, validate_dropped, dedupe_dropped, decontaminate_dropped, filter_dropped, pair_dropped
-- grain: step x level x reason
-- why: the numbers a user reads first
select
    step,
    level,
    reason,
    count(*) as n
from (
    select step, level, reason from pull_dropped
    union all
    select step, level, reason from validate_dropped
    union all
    select step, level, reason from dedupe_dropped
    union all
    select step, level, reason from decontaminate_dropped
    union all
    select step, level, reason from filter_dropped
    union all
    select step, level, reason from pair_dropped
)
group by step, level, reason
order by step, level, reason
