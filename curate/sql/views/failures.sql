-- reads: events
-- grain: one judgement that did not come
-- why: a failure is kept as what it is and never becomes a low score
select
    event_id,
    prompt_id,
    rater.kind as rater_kind,
    rater.id as rater,
    failure.reason as reason,
    failure.detail as detail
from events
where failure is not null
