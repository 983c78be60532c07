-- reads: status_events, status_agreement
-- grain: one row
-- why: what a vote takes, over all of them; every comparison of two annotators is counted at both
select
    median(status_events.seconds) filter (status_events.seconds > 0) as seconds,
    (select sum(compared) // 2 from status_agreement) as compared,
    (select sum(agreed_halves) / (2 * nullif(sum(compared), 0)) from status_agreement) as agreement
from status_events
where status_events.role in ('annotator', 'final')
    and status_events.rater_kind = 'human'
