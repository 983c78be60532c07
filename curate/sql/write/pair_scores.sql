-- reads: kept_pairs, pair_order, scores, shown_scales
-- grain: pair or tie x its chosen, then its rejected answer x metric x scale that has it
-- why: means by the raters and by the scale that decided the pair; the first of a metric counts
with
    sides as (
        select
            pair_order.place,
            0 as side,
            kept_pairs.chosen_no as candidate_no,
            kept_pairs.level_no,
            kept_pairs.basis
        from kept_pairs
        join pair_order using (pair_id)
        where kept_pairs.target = $target
        union all
        select
            pair_order.place,
            1 as side,
            kept_pairs.rejected_no as candidate_no,
            kept_pairs.level_no,
            kept_pairs.basis
        from kept_pairs
        join pair_order using (pair_id)
        where kept_pairs.target = $target
    )
select
    sides.place,
    sides.side,
    shown_scales.metric_no,
    scores.value
from scores
join shown_scales using (scale_no)
join sides using (candidate_no, level_no, basis)
order by sides.place, sides.side, shown_scales.metric_no, shown_scales.rank
