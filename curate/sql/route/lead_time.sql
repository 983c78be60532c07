-- reads: live_events
-- grain: one row
-- why: what a person's vote takes, once enough of them were timed
select
    median(seconds) as seconds,
    count(*) as n_timed
from live_events
where rater_kind = 'human'
    and is_vote
    and seconds > 0
