-- reads: nothing
-- grain: a journal whose events are in `events`, and its bytes then
-- why: journals of the same names and sizes need not be read again
create table if not exists journals (
    name text primary key,
    size integer not null
) without rowid
