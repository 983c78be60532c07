-- reads: projects, entries
-- grain: a project that has votes
-- why: one that the server lists no more is told of
select project
from projects
where exists (
    select 1
    from entries
    where entries.project = projects.project
        and latest
        and here
        and live
)
