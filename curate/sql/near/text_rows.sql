-- reads: near_texts
-- grain: one text
-- why: what sets and sketches of words are made of; texts with different scopes are never compared
select
    doc_no,
    scope,
    text
from near_texts
