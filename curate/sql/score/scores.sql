-- reads: rater_values
-- grain: candidate x metric x rubric_id x level
-- why: means over raters, as sums of integers and one division; spread is their population deviation
select
    candidate_no,
    rubric_id,
    metric,
    level,
    (sum(value_units)::double / (count(*) * 1000000))::decimal(18, 6) as value,
    count(*)::bigint as n_raters,
    (
        sqrt(
            greatest(
                (count(*) * sum(value_units::decimal(38, 0) * value_units) - sum(value_units::decimal(38, 0)) * sum(value_units::decimal(38, 0)))::double,
                0
            )
        ) / (count(*) * 1000000)
    )::decimal(18, 6) as spread
from rater_values
group by all
