-- reads: kept_pairs
-- grain: none
-- why: without a calibration the judge gives no pair a delta
select
    pair_id,
    null::decimal(18, 6) as delta
from kept_pairs
where false
