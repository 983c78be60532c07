-- reads: near_texts
-- grain: prompt
-- why: which words are common is counted over all prompts
select
    doc_no,
    text
from near_texts
