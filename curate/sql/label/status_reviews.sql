-- reads: status_events, status_lines
-- grain: annotator whose votes were reviewed
-- why: a returned vote is taken back, so the vote that a review names is looked for among all lines
with
    raters as (
        select distinct
            event_id,
            rater.id as rater
        from status_lines
    )
select
    raters.rater,
    count(*) filter (list_contains(status_events.flags, 'accepted')) as accepted,
    count(*) filter (list_contains(status_events.flags, 'returned')) as returned
from status_events
join raters
    on raters.event_id = status_events.reviews
where status_events.role = 'review'
group by raters.rater
