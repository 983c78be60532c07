-- reads: near_pairs, near_sketches
-- grain: two texts to compare
-- why: as near/compared_rows, with the sets that came with the sketches
select
    near_pairs.one_no,
    near_pairs.other_no,
    one.shingles as one_shingles,
    other.shingles as other_shingles
from near_pairs
join near_sketches as one
    on one.doc_no = near_pairs.one_no
join near_sketches as other
    on other.doc_no = near_pairs.other_no
