-- reads: entries
-- grain: one entry
-- why: after some were dropped, the one before holds again
update entries
set latest = not exists (
    select 1
    from entries as later
    where later.vote_id = entries.vote_id
        and later.sequence > entries.sequence
)
