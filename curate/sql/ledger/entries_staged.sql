-- reads: entries
-- grain: an index of what is on its way
-- why: staged rows are found without a look at all others
create index if not exists entries_staged on entries (sequence)
where staged
