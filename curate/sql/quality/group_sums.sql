-- reads: pair_sums
-- grain: cluster of prompts x levels of two raters
-- why: as pair_sums, over all raters of one kind or of two
select
    cluster_no,
    one_level_no,
    other_level_no,
    sum(n) as n,
    sum(one) as one,
    sum(other) as other,
    sum(one_square) as one_square,
    sum(other_square) as other_square,
    sum(product) as product,
    sum(n_centred) as n_centred,
    sum(one_centred) as one_centred,
    sum(other_centred) as other_centred,
    sum(one_centred_square) as one_centred_square,
    sum(other_centred_square) as other_centred_square,
    sum(centred_product) as centred_product
from pair_sums
group by cluster_no, one_level_no, other_level_no
order by one_level_no, other_level_no, cluster_no
