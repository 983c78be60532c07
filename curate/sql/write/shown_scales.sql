-- reads: rating_scales, rubrics
-- grain: metric of a rubric or of a source
-- why: the means shown beside an answer are by the rubric where it was scored by it, else as the source has
--      them; where two accepted rubrics share a metric's name, the workspace's own speaks first (`rank`)
select
    rating_scales.scale_no,
    case when coalesce(rubrics.accepted, false) then 1 else 2 end as basis,
    rating_scales.metric,
    (dense_rank() over (order by rating_scales.metric) - 1)::integer as metric_no,
    (
        row_number() over (
            order by rating_scales.rubric_id != $rubric_id, rating_scales.scale_no
        )
    )::integer as rank
from rating_scales
left join rubrics using (rubric_id)
