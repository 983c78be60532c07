-- reads: kept_pairs, speaking
-- grain: pair whose answers a judge scored
-- why: delta is logit P(people prefer the chosen answer), by the calibration of the judge's difference
--      (DESIGN 5.6); where people decided otherwise than the judge it is negative
with
    judged as (
        select
            one_no,
            other_no,
            sum(share)::double / count(share) as share
        from speaking
        where level_no = 2
            and share is not null
        group by one_no, other_no
    ),
    signed as (
        select
            kept_pairs.pair_id,
            case when kept_pairs.chosen_no = judged.one_no then judged.share else -judged.share end as share
        from kept_pairs
        join judged
            on judged.one_no = least(kept_pairs.chosen_no, kept_pairs.rejected_no)
            and judged.other_no = greatest(kept_pairs.chosen_no, kept_pairs.rejected_no)
        where kept_pairs.target = 'pairs'
    )
select
    pair_id,
    ($beta::double * share)::decimal(18, 6) as delta
from signed
