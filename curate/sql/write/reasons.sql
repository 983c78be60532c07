-- reads: pair_events, event_log, raw_events
-- grain: event behind a pair x reason it gives
-- why: reasons are read once an event, however many pairs it stands behind
with
    behind as (
        select distinct event_no
        from pair_events
    ),
    told as (
        select
            event_log.event_no,
            event_log.rater,
            event_log.rater_kind,
            unnest(raw_events.answers) as answer
        from behind
        join event_log using (event_no)
        join raw_events using (event_no)
    ),
    worded as (
        select
            event_no,
            rater,
            rater_kind,
            answer.candidate_id as candidate_id,
            unnest(map_entries(answer.rationales)) as entry
        from told
        where cardinality(answer.rationales) > 0
    )
select
    event_no,
    rater,
    rater_kind,
    candidate_id,
    nullif(entry.key, 'overall') as metric,
    entry.value as text
from worded
union all
select
    event_log.event_no,
    event_log.rater,
    event_log.rater_kind,
    null as candidate_id,
    null as metric,
    event_log.rationale as text
from event_log
join behind using (event_no)
where event_log.rationale is not null
