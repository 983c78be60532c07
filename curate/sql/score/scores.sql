-- reads: rater_values
-- grain: candidate x metric of a rubric x level
-- why: means over raters, as sums of integers and one division; spread is their population deviation
select
    candidate_no,
    scale_no,
    level_no,
    (sum(value_units)::double / (count(*) * 1000000))::decimal(18, 6) as value,
    count(*)::bigint as n_raters,
    case
        when min(value_units) = max(value_units) then 0
        else
            sqrt(
                greatest(
                    sum(value_units::double * value_units) / count(*)
                    - (sum(value_units)::double / count(*)) * (sum(value_units)::double / count(*)),
                    0
                )
            ) / 1000000
    end::decimal(18, 6) as spread
from rater_values
group by candidate_no, scale_no, level_no
