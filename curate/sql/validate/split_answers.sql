-- reads: event_answers, event_units
-- grain: unit x candidate that several events of the unit rate
-- why: a pointwise rater may give an answer's metrics in several calls, or one score twice; within one
--      unit each counts once
select
    event_units.unit_no,
    event_answers.candidate_no
from event_answers
join event_units using (event_no)
where event_units.pointwise
    and event_answers.candidate_no is not null
group by event_units.unit_no, event_answers.candidate_no
having count(*) > 1
