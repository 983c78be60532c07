-- reads: texts_to_encode
-- grain: a text that was never embedded
-- why: in the order of their keys, so that a killed run goes on where it stopped
select
    key,
    text
from texts_to_encode
order by key
