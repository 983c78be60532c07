-- reads: other_events (every event of another workspace)
-- grain: one event
-- why: what its votes count, as a pull's staged events say it of theirs
select
    event_id,
    '' as line,
    coalesce(list_sum(list_transform(answers, lambda answer: cardinality(answer.scores))), 0)::bigint as ratings,
    tiers is not null as ranks,
    failure is not null as fails,
    0 as seq
from other_events
