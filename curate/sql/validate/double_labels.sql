-- reads: event_answers, event_units, split_answers, rubrics
-- grain: event of a rater who scored one answer twice, differently, within one unit
-- why: nothing says which of the two is meant, so neither counts; an event lists an answer once, so it
--      takes several events of a unit
with
    split_values as (
        select
            event_units.unit_no,
            event_answers.event_no,
            event_answers.candidate_no,
            unnest(rubrics.scale_nos) as scale_no,
            unnest(event_answers.value_units) as value_units
        from split_answers
        join event_units using (unit_no)
        join event_answers using (event_no, candidate_no)
        join rubrics
            on rubrics.rubric_no = event_answers.rubric_no
    ),
    torn as (
        select distinct
            unit_no,
            candidate_no
        from split_values
        where value_units is not null
        group by unit_no, candidate_no, scale_no
        having min(value_units) < max(value_units)
    )
select distinct
    split_values.event_no,
    split_values.candidate_no
from split_values
join torn using (unit_no, candidate_no)
where split_values.value_units is not null
