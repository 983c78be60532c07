-- reads: near_pairs, compared_sets
-- grain: two texts to compare
-- why: keys only propose; every pair is held to the exact measure
select
    near_pairs.one_no,
    near_pairs.other_no,
    one.shingles as one_shingles,
    other.shingles as other_shingles
from near_pairs
join compared_sets as one
    on one.doc_no = near_pairs.one_no
join compared_sets as other
    on other.doc_no = near_pairs.other_no
