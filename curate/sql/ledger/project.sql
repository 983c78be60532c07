-- reads: projects
-- grain: one project
-- why: where reading it goes on
select
    since,
    pulls
from projects
where project = $project
