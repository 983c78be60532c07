-- reads: kept_pairs, near_compared
-- grain: pair or tie whose two answers are near
-- why: a near copy that raters tell apart stays, and says how near it is
select
    kept_pairs.pair_id,
    (near_compared.n_shared / near_compared.n_either)::decimal(18, 6) as similarity
from kept_pairs
join near_compared
    on near_compared.one_no = kept_pairs.chosen_no
    and near_compared.other_no = kept_pairs.rejected_no
where near_compared.n_shared * 1000000 >= $near_millionths * near_compared.n_either
