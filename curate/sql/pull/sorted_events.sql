-- reads: events
-- grain: one row of events
-- why: what is written is in the order of ids, so that the same source gives the same bytes
select *
from events
order by event_id
