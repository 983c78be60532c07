-- reads: event_answers, double_labels, event_units, split_answers, rubrics
-- grain: live event x candidate, scored on every weighted metric of the event's rubric
-- why: an answer with a weighted metric missing
--      in its unit has no total and so no difference; basis is 1 where the rubric's metrics are summed
--      and 2 where the source's overall stands for them
with
    in_one_event as (
        select
            event_answers.event_no,
            event_answers.candidate_no,
            event_answers.total
        from event_answers
        anti join double_labels using (event_no, candidate_no)
        where event_answers.total is not null
    ),
    split_lists as (
        select
            split_answers.unit_no,
            split_answers.candidate_no,
            event_answers.event_no,
            unnest(rubrics.metrics) as metric,
            unnest(rubrics.weight_units) as weight_units,
            unnest(event_answers.value_units) as value_units
        from split_answers
        join event_units using (unit_no)
        join event_answers using (event_no, candidate_no)
        anti join double_labels using (event_no, candidate_no)
        join rubrics
            on rubrics.rubric_no = event_answers.rubric_no
            and rubrics.accepted
    ),
    split_ratings as (
        select *
        from split_lists
        where weight_units > 0
            and value_units is not null
    ),
    in_several_events as (
        select
            unit_no,
            candidate_no,
            sum(value_units * weight_units)::bigint as total
        from (
            select distinct
                unit_no,
                candidate_no,
                metric,
                value_units,
                weight_units
            from split_ratings
        )
        group by unit_no, candidate_no
        having count(*) = $weighted_metrics
    ),
    on_rubric as (
        select
            event_no,
            candidate_no,
            total
        from in_one_event
        union all
        select distinct
            split_ratings.event_no,
            split_ratings.candidate_no,
            in_several_events.total
        from split_ratings
        join in_several_events using (unit_no, candidate_no)
    )
select
    on_rubric.event_no,
    event_units.unit_no,
    event_units.prompt_no,
    event_units.rater_no,
    event_units.level_no,
    event_units.precedence,
    on_rubric.candidate_no,
    on_rubric.total,
    rubrics.span,
    1::tinyint as basis
from on_rubric
join event_units using (event_no)
join rubrics
    on rubrics.rubric_no = event_units.rubric_no
    and rubrics.accepted
union all
select
    event_answers.event_no,
    event_units.unit_no,
    event_units.prompt_no,
    event_units.rater_no,
    event_units.level_no,
    event_units.precedence,
    event_answers.candidate_no,
    event_answers.value_units[list_position(rubrics.metrics, 'overall')] * 10000 as total,
    try_cast(round((event_units.overall_scale[2] - event_units.overall_scale[1]) * 10000000000) as bigint) as span,
    2::tinyint as basis
from rubrics
join event_units using (rubric_no)
join event_answers using (event_no)
anti join double_labels
    on double_labels.event_no = event_answers.event_no
    and double_labels.candidate_no = event_answers.candidate_no
where not rubrics.accepted
    and event_units.overall_scale is not null
    and event_answers.candidate_no is not null
    and event_answers.value_units[list_position(rubrics.metrics, 'overall')] is not null
