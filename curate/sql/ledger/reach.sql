-- reads: projects
-- grain: one project
-- why: every change of it up to `since` is in the ledger
insert into projects (project, since)
values ($project, $since)
on conflict (project) do update set since = excluded.since
