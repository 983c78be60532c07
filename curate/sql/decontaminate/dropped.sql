-- reads: lost_rows
-- grain: prompt that a benchmark has, and answer that leaves with it
-- why: cites the benchmark's row
select
    level,
    id,
    null::varchar as source,
    null::bigint as line,
    step,
    reason,
    detail,
    other_id,
    score
from lost_rows
where step = 'decontaminate'
