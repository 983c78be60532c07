-- reads: reward_deltas, calibrated_deltas
-- grain: pair with a delta
-- why: a reward model that has not seen the pair speaks before the judge's calibration (DESIGN 5.6)
select
    pair_id,
    delta,
    'reward_model' as delta_source
from reward_deltas
union all
select
    pair_id,
    delta,
    'calibration' as delta_source
from calibrated_deltas
anti join reward_deltas using (pair_id)
