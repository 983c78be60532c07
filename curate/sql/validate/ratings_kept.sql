-- reads: event_answers, double_labels, rubrics
-- grain: live event x candidate x metric, without fault
-- why: what scores and pairs are made of
with
    entries as (
        select
            event_answers.event_no,
            event_answers.candidate_no,
            unnest(rubrics.scale_nos) as scale_no,
            unnest(event_answers.value_units) as value_units
        from event_answers
        anti join double_labels using (event_no, candidate_no)
        join rubrics
            on rubrics.rubric_no = event_answers.rubric_no
        where event_answers.candidate_no is not null
    )
select
    event_no,
    candidate_no,
    scale_no,
    value_units
from entries
where value_units is not null
