-- reads: vetoes, rating_scales, rubrics, event_answers, double_labels, event_units, survivors
-- grain: unit x candidate x vetoing metric
-- why: only the scores that can veto are looked at, one a row
with
    veto_scales as (
        select
            rating_scales.rubric_no,
            rating_scales.scale_no,
            rating_scales.metric
        from vetoes
        join rating_scales using (metric)
        join rubrics
            on rubrics.rubric_no = rating_scales.rubric_no
            and rubrics.accepted
    ),
    veto_scores as (
        select
            event_answers.event_no,
            event_answers.candidate_no,
            veto_scales.metric,
            event_answers.value_units[list_position(rubrics.scale_nos, veto_scales.scale_no)] as value_units
        from veto_scales
        join rubrics using (rubric_no)
        join event_answers using (rubric_no)
        anti join double_labels
            on double_labels.event_no = event_answers.event_no
            and double_labels.candidate_no = event_answers.candidate_no
        where event_answers.candidate_no is not null
    )
select
    event_units.unit_no,
    event_units.rater_no,
    event_units.precedence,
    coalesce(survivors.survivor_no, veto_scores.candidate_no) as candidate_no,
    veto_scores.metric,
    min(veto_scores.value_units) as value_units
from veto_scores
join event_units using (event_no)
left join survivors using (candidate_no)
where veto_scores.value_units is not null
group by all
