-- reads: raters, live_events, raw_events, event_log, votes
-- grain: rater who votes
-- why: what is counted without comparing raters: votes, the median seconds of one, conflicts of ranking and
--      scores, reviews
with
    spoken as (
        select
            live_events.rater_no,
            count(*) as n_votes,
            median(raw_events.usage.seconds) filter (raw_events.usage.seconds > 0) as seconds
        from live_events
        join raw_events using (event_no)
        group by live_events.rater_no
    ),
    torn as (
        select
            rater_no,
            count(*) filter (conflicted) as n_conflicts,
            count(*) filter (contradicted) as n_contradictions
        from votes
        where conflicted or contradicted
        group by rater_no
    ),
    review_lines as (
        select
            event_log.reviews,
            max(list_contains(raw_events.flags, 'accepted')::integer) as accepted,
            max(list_contains(raw_events.flags, 'returned')::integer) as returned
        from event_log
        join raw_events using (event_no)
        where event_log.reviews is not null
            and not event_log.deleted
            and event_log.event_id not in (select supersedes from event_log where supersedes is not null)
        group by event_log.event_id, event_log.reviews
    ),
    reviewed as (
        select
            known.rater_kind,
            known.rater,
            sum(review_lines.accepted) as accepted,
            sum(review_lines.returned) as returned
        from review_lines
        join (select distinct event_id, rater_kind, rater from event_log) as known
            on known.event_id = review_lines.reviews
        group by known.rater_kind, known.rater
    )
select
    raters.rater_no,
    raters.rater,
    raters.rater_kind,
    raters.level_no,
    spoken.n_votes,
    spoken.seconds,
    coalesce(torn.n_conflicts, 0) as n_conflicts,
    coalesce(torn.n_contradictions, 0) as n_contradictions,
    coalesce(reviewed.accepted, 0)::bigint as accepted,
    coalesce(reviewed.returned, 0)::bigint as returned
from raters
join spoken using (rater_no)
left join torn using (rater_no)
left join reviewed
    on reviewed.rater_kind = raters.rater_kind
    and reviewed.rater = raters.rater
order by raters.rater_no
