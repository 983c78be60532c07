-- reads: near_compared
-- grain: two texts that are near
-- why: the threshold holds in whole numbers, so that engines agree
select
    one_no,
    other_no,
    (n_shared / n_either)::decimal(18, 6) as similarity
from near_compared
where n_shared * 1000000 >= $near_millionths * n_either
