-- reads: event_units, split_answers, survivors, candidate_keys
-- grain: prompt x rater who may have scored an answer more than once
-- why: such a rater's scores are averaged first, so that everyone speaks once; all others need no average
select
    prompt_no,
    rater_no
from event_units
group by prompt_no, rater_no
having min(unit_no) < max(unit_no)
union
select
    prompt_no,
    rater_no
from event_units
where unit_no in (select unit_no from split_answers)
union
select
    event_units.prompt_no,
    event_units.rater_no
from event_units
join candidate_keys using (prompt_no)
join survivors using (candidate_no)
