-- reads: raw_events
-- grain: checked expansion of those named, by request_hash
-- why: the words that another event with the same comment takes over
select
    request_hash,
    rater.version as version,
    answers[1].rationales['overall'] as text
from raw_events
where expands is not null
    and request_hash in (select unnest($keys))
    and list_contains(flags, 'checked')
    and failure is null
    and not coalesce(deleted, false)
qualify row_number() over (partition by request_hash order by "at" desc, event_id) = 1
