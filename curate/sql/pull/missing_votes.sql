-- reads: staged_votes (the lines of one journal), raw_events
-- grain: one row
-- why: a journal of which nothing is here goes in as it is, so that a build finds the same file
select
    (select count(*) from staged_votes) as total,
    (select count(*) from staged_votes anti join raw_events using (event_id)) as missing
