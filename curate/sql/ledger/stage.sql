-- reads: nothing
-- grain: one annotation
-- why: it counts once its event is in the journal, which is written after
insert into entries (
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
    waits,
    latest,
    staged
)
values (
    $vote_id,
    $project,
    $task,
    $number,
    $version,
    $event_id,
    $prompt_id,
    $rater,
    $live,
    $here,
    $waits,
    false,
    true
)
