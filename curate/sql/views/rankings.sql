-- reads: events
-- grain: one event that ranks
-- why: the raw orders, best tier first
select
    event_id,
    rater.kind as rater_kind,
    rater.id as rater,
    prompt_id,
    tiers,
    verdict,
    confirmed
from events
where tiers is not null
