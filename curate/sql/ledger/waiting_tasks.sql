-- reads: entries
-- grain: a task and a prompt that its annotations wait for
-- why: it is read again once the workspace has the prompt; in chunks, each from the last one's end
select distinct
    task,
    waits
from entries
where project = $project
    and latest
    and here
    and waits is not null
    and (task, waits) > ($task, $waits)
order by
    task,
    waits
limit $rows
