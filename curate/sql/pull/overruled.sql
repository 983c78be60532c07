-- reads: staged_votes (journal lines of a push beside its pulls'), raw_events (what the workspace has)
-- grain: one row
-- why: a stranger's event may take the place of a vote that is here, so whoever restores is told
with
    added as (
        select
            line ->> '$.supersedes' as supersedes,
            line ->> '$.reviews' as reviews,
            line ->> '$.prompt_id' as prompt_id,
            (line ->> '$.final') = 'true' as final
        from staged_votes
        anti join raw_events using (event_id)
    )
select
    (
        select count(*)
        from raw_events
        where event_id in (select supersedes from added where supersedes is not null)
            or event_id in (select reviews from added where reviews is not null)
    ) as overruled,
    (select count(distinct prompt_id) from added where final) as final_prompts
