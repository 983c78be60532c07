-- reads: projects
-- grain: one project
-- why: votes are missing, so all are read again
update projects
set since = null
