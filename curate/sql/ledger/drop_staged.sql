-- reads: entries, events
-- grain: a staged entry whose event did not reach its journal
-- why: its annotation is read again by the next pull
delete from entries
where staged
    and event_id is not null
    and event_id not in (select event_id from events)
