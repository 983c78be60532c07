-- reads: event_units
-- grain: prompt x rater with several units on it
-- why: such a rater's scores are averaged first, so that everyone speaks once; all others need no average
select
    prompt_no,
    rater_no
from event_units
group by prompt_no, rater_no
having min(unit_no) < max(unit_no)
