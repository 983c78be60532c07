-- reads: answers
-- grain: one answer
-- why: what sets of words are made of
select
    doc_no,
    scope,
    text
from answers
