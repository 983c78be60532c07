-- reads: pair_sides, scores, shown_scales
-- grain: pair or tie x its chosen, then its rejected answer x metric x scale that has it
-- why: means by the raters and by the scale that decided the pair; the first of a metric counts
select
    pair_sides.place,
    pair_sides.side,
    shown_scales.metric_no,
    scores.value
from scores
join shown_scales using (scale_no)
join pair_sides using (candidate_no, level_no, basis)
order by pair_sides.place, pair_sides.side, shown_scales.metric_no, shown_scales.rank
