-- reads: event_answers, double_labels, event_units, rubrics, repeat_raters
-- grain: answer x rater who scored it on one metric of one rubric
-- why: a rater speaks once, with the mean over the events; scores are points
with
    given as (
        select
            event_units.prompt_no,
            event_units.rater_no,
            event_units.level_no,
            event_units.unit_no,
            event_answers.candidate_no,
            event_answers.value_units[list_position(rubrics.scale_nos, $scale_no)] as value_units
        from rubrics
        join event_answers using (rubric_no)
        join event_units using (event_no)
        anti join double_labels
            on double_labels.event_no = event_answers.event_no
            and double_labels.candidate_no = event_answers.candidate_no
        where list_position(rubrics.scale_nos, $scale_no) > 0
            and event_answers.candidate_no is not null
            and event_units.precedence between 1 and 3
    )
select
    prompt_no,
    rater_no,
    level_no,
    candidate_no,
    value_units::double / 1000000 as score
from given
anti join repeat_raters using (prompt_no, rater_no)
where value_units is not null
union all
select
    prompt_no,
    rater_no,
    level_no,
    candidate_no,
    avg(value_units)::double / 1000000 as score
from given
semi join repeat_raters using (prompt_no, rater_no)
where value_units is not null
group by prompt_no, rater_no, level_no, candidate_no
