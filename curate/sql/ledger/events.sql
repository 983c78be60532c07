-- reads: nothing
-- grain: an event of the journals that pulls of votes wrote
-- why: no event is written twice, and an entry is believed only where its event is in a journal
create table if not exists events (
    event_id text primary key
) without rowid
