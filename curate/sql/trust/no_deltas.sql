-- reads: kept_pairs
-- grain: none
-- why: without a calibration no pair has a delta
select
    pair_id,
    null::decimal(18, 6) as delta,
    null::varchar as delta_source
from kept_pairs
where false
