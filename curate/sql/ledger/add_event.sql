-- reads: nothing
-- grain: one event
-- why: a journal holds it
insert or ignore into events (event_id)
values ($event_id)
