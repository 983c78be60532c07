-- reads: mark_pairs
-- grain: cluster of prompts x two raters
-- why: the sums that weighted kappa, leniency, spread and a pair's alpha are made of
select
    cluster_no,
    one_rater_no,
    other_rater_no,
    one_level_no,
    other_level_no,
    count(*)::double as n,
    sum(one_score) as one,
    sum(other_score) as other,
    sum(one_score * one_score) as one_square,
    sum(other_score * other_score) as other_square,
    sum(one_score * other_score) as product,
    count(one_centred + other_centred)::double as n_centred,
    coalesce(sum(one_centred) filter (other_centred is not null), 0) as one_centred,
    coalesce(sum(other_centred) filter (one_centred is not null), 0) as other_centred,
    coalesce(sum(one_centred * one_centred) filter (other_centred is not null), 0) as one_centred_square,
    coalesce(sum(other_centred * other_centred) filter (one_centred is not null), 0) as other_centred_square,
    coalesce(sum(one_centred * other_centred), 0) as centred_product
from mark_pairs
group by all
