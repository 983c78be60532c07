-- reads: pair_events, event_log
-- grain: pair
-- why: event ids, sorted
select
    pair_events.pair_id,
    list_sort(list(event_log.event_id)) as provenance
from pair_events
join event_log using (event_no)
group by pair_events.pair_id
