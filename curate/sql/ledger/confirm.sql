-- reads: entries
-- grain: a staged entry
-- why: its event is in the journal
update entries
set
    latest = true,
    staged = false
where staged
