-- reads: entries
-- grain: an annotation that is on the server as far as is known, of the tasks in a range of ids
-- why: what is not among those that came is gone; read in chunks, each from where the last ended
select
    vote_id,
    project,
    task,
    number,
    version,
    event_id,
    prompt_id,
    rater,
    live,
    here,
    waits
from entries
where project = $project
    and (task, vote_id) > ($task, $vote_id)
    and task <= $upto
    and latest
    and here
order by
    task,
    vote_id
limit $rows
