-- reads: projects
-- grain: one project
-- why: what waits was looked for in these pulls of prompts, and need not be again
insert into projects (project, pulls)
values ($project, $pulls)
on conflict (project) do update set pulls = excluded.pulls
