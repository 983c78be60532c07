-- reads: prompts, candidates, events
-- grain: one row
-- why: what a pull brought, merged by id; a medium counts once however often it is shown
select
    (select count(*) from prompts) as prompts,
    (select count(*) from candidates) as candidates,
    (select count(*) from events) as events,
    (select coalesce(sum(ratings), 0) from events)::bigint as ratings,
    (select count(*) from events where ranks) as rankings,
    (select count(*) from events where fails) as failures,
    (
        select count(distinct medium.sha256)
        from (select unnest(media) as medium from prompts)
    ) as media
