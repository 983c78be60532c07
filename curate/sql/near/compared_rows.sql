-- reads: near_pairs, near_sets
-- grain: two texts to compare
-- why: keys only propose; every pair is held to the exact measure
select
    near_pairs.one_no,
    near_pairs.other_no,
    one.shingles as one_shingles,
    other.shingles as other_shingles
from near_pairs
join near_sets as one
    on one.doc_no = near_pairs.one_no
join near_sets as other
    on other.doc_no = near_pairs.other_no
