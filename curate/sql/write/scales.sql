-- reads: rating_scales
-- grain: metric of a rubric or of a source
-- why: the names that `scale_no` stands for
select
    scale_no,
    rubric_id,
    metric
from rating_scales
order by scale_no
