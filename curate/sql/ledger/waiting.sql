-- reads: entries
-- grain: one number, and the first annotation's
-- why: votes on prompts that the workspace lacks are told of by every pull
select
    count(*),
    min(number)
from entries
where project = $project
    and latest
    and here
    and waits is not null
