-- reads: shown_scales
-- grain: metric
-- why: the names that `metric_no` stands for
select distinct
    metric_no,
    metric
from shown_scales
order by metric_no
