-- reads: entries
-- grain: a project
-- why: how many annotations of each are on the server as far as is known
select
    project,
    count(*)
from entries
where latest
    and here
group by project
