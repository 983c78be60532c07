-- reads: kept_pairs, sheets
-- grain: pair x unit whose scores compared it
-- why: the score votes behind a pair
select
    kept_pairs.pair_id,
    one.unit_no
from kept_pairs
join sheets as one
    on one.candidate_no = kept_pairs.chosen_no
    and one.basis = kept_pairs.basis
join sheets as other
    on other.candidate_no = kept_pairs.rejected_no
    and other.unit_no = one.unit_no
    and other.basis = one.basis
where kept_pairs.precedence = one.precedence
