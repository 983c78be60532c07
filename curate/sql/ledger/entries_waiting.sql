-- reads: entries
-- grain: an index of what waits for its prompt
-- why: they are counted by every pull
create index if not exists entries_waiting on entries (project, waits)
where latest and here and waits is not null
