-- reads: staged_events (a journal's lines with what they count)
-- grain: one event
-- why: an event's id is its content, so two records that say the same of one vote are one event
select *
from staged_events
qualify row_number() over (partition by event_id order by seq) = 1
