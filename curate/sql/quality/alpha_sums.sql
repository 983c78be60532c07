-- reads: mark_pairs
-- grain: cluster of prompts x level
-- why: sums of Krippendorff's interval alpha: values, their sum and squares, and squared differences, each
--      pair of an answer's raters with its weight, in both orders
select
    cluster_no,
    one_level_no as level_no,
    sum(2 * weight) as n,
    sum(weight * (one_score + other_score)) as score,
    sum(weight * (one_score * one_score + other_score * other_score)) as square,
    sum(2 * weight * (one_score - other_score) * (one_score - other_score)) as disagreement,
    coalesce(sum(2 * centred_weight) filter (one_centred + other_centred is not null), 0) as n_centred,
    coalesce(sum(centred_weight * (one_centred + other_centred)), 0) as centred,
    coalesce(sum(centred_weight * (one_centred * one_centred + other_centred * other_centred)), 0) as centred_square,
    coalesce(
        sum(2 * centred_weight * (one_centred - other_centred) * (one_centred - other_centred)), 0
    ) as centred_disagreement
from mark_pairs
where weight is not null
group by cluster_no, level_no
