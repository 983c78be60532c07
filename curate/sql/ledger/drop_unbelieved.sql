-- reads: entries, events
-- grain: an entry whose event is in no journal any more
-- why: its annotation is to be pulled again
delete from entries
where event_id is not null
    and event_id not in (select event_id from events)
