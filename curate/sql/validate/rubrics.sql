-- reads: rating_scales, weights, accepted_rubrics
-- grain: one rubric_id that a live event uses
-- why: span is the widest difference the weighted metrics allow, in the unit of totals (1e-10 point);
--      n_weighted counts the weighted metrics the rubric has
select
    rating_scales.rubric_id,
    rating_scales.rubric_no,
    accepted_rubrics.rubric_id is not null as accepted,
    try_cast(sum(weights.weight_units * ((scale_max - scale_min) * 1000000)) as bigint) as span,
    count(weights.metric) as n_weighted
from rating_scales
left join weights
    on weights.metric = rating_scales.metric and weights.weight_units > 0
left join accepted_rubrics
    on accepted_rubrics.rubric_id = rating_scales.rubric_id
group by all
