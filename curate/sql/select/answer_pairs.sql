-- reads: answer_sets (curate/kernels/shingles.py)
-- grain: two answers to one prompt
-- why: with their sets of word trigrams, to be compared exactly
select
    one.doc_no as one_no,
    other.doc_no as other_no,
    one.shingles as one_shingles,
    other.shingles as other_shingles
from answer_sets as one
join answer_sets as other
    on other.scope = one.scope
    and other.doc_no > one.doc_no
