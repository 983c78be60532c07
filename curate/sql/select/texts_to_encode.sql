-- reads: text_keys, encoded (what the cache has)
-- grain: a text that was never embedded
-- why: equal texts are embedded once
select
    key,
    min(text) as text
from text_keys
anti join encoded using (key)
group by key
