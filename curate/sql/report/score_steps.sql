-- reads: scores
-- grain: rubric x metric x level x whole point of the scale
-- why: scores of two rubrics are never counted together
select
    rubric_id,
    metric,
    level,
    round(value)::integer as step,
    count(*) as n
from scores
group by rubric_id, metric, level, step
order by metric, rubric_id, level, step
