-- reads: kept_pairs, pair_order
-- grain: pair or tie x its chosen, then its rejected answer
-- why: answers and scores are the same for both sides, and come with both in turn
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
