-- reads: near_texts, near_pairs
-- grain: text of a pair
-- why: whole sets are made only of texts that are compared
select
    doc_no,
    text
from near_texts
where doc_no in (
    select one_no
    from near_pairs
    union
    select other_no
    from near_pairs
)
