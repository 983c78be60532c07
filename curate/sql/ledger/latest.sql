-- reads: entries
-- grain: the annotation as it was pulled last
-- why: tells what is new, edited or known
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
where vote_id = $vote_id
    and latest
