-- reads: events
-- grain: one number
-- why: an event that a journal holds is not written again
select count(*)
from events
where event_id = $event_id
