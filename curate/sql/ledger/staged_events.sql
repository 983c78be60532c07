-- reads: entries
-- grain: the event of a staged entry
-- why: the journal holds them now
insert or ignore into events (event_id)
select event_id
from entries
where staged
    and event_id is not null
