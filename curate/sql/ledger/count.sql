-- reads: entries
-- grain: one number
-- why: the server's own count must be the same
select count(*)
from entries
where project = $project
    and latest
    and here
