-- reads: entries
-- grain: the entry before of an annotation that has a staged one
-- why: a later row takes its place
update entries
set latest = false
where latest
    and vote_id in (select vote_id from entries where staged)
