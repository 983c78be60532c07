-- reads: rating_scales
-- grain: one metric of one rubric_id
-- why: agreement is within a metric and a rubric_id, which is what makes two scores comparable
select
    scale_no,
    metric,
    rubric_id,
    scale_min,
    scale_max
from rating_scales
order by scale_no
