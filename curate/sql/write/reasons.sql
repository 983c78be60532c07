-- reads: pair_events, event_log, raw_events
-- grain: event behind a pair x reason it gives, or that a judge worded anew for it
-- why: reasons are read once an event, however many pairs it stands behind; kind is the rater's, or
--      `expanded` for a person's reason in a judge's words, which is that person's and counts only while
--      the event that it expands does and once it was checked; of several the latest stands
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
    ),
    people as (
        select
            event_log.event_no,
            event_log.event_id,
            event_log.rater
        from behind
        join event_log using (event_no)
        where event_log.rater_kind = 'human'
    ),
    expansions as (
        select
            people.event_no,
            people.rater,
            raw_events."at" as given_at,
            event_log.event_id,
            unnest(raw_events.answers) as answer
        from people
        join event_log
            on event_log.expands = people.event_id
        join raw_events
            on raw_events.event_no = event_log.event_no
        where not event_log.deleted
            and event_log.failure is null
            and list_contains(raw_events.flags, 'checked')
            and event_log.event_id not in (select supersedes from event_log where supersedes is not null)
    ),
    expanded as (
        select
            event_no,
            rater,
            answer.candidate_id as candidate_id,
            answer.rationales['overall'] as text,
            row_number() over (
                partition by event_no, answer.candidate_id
                order by given_at desc, event_id
            ) as place
        from expansions
    )
select
    event_no,
    rater,
    rater_kind as kind,
    candidate_id,
    nullif(entry.key, 'overall') as metric,
    entry.value as text
from worded
union all
select
    event_no,
    rater,
    'expanded' as kind,
    candidate_id,
    null as metric,
    text
from expanded
where place = 1
    and text is not null
union all
select
    event_log.event_no,
    event_log.rater,
    event_log.rater_kind as kind,
    null as candidate_id,
    null as metric,
    event_log.rationale as text
from event_log
join behind using (event_no)
where event_log.rationale is not null
