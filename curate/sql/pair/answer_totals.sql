-- reads: ratings_kept, rating_scales, event_units, split_answers, rubrics, weights
-- grain: live event x candidate, scored on every weighted metric of the event's rubric
-- why: total is sum_m w_m x_m in 1e-10 points (DESIGN 5.1); an answer with a weighted metric missing
--      in its unit has no total and so no difference; basis is 1 where the rubric's metrics are summed
--      and 2 where the source's overall stands for them
with
    in_one_event as (
        select
            ratings_kept.event_no,
            ratings_kept.candidate_no,
            sum(ratings_kept.value_units * weights.weight_units)::bigint as total,
            count(*) as n_metrics
        from ratings_kept
        join rating_scales using (scale_no)
        join weights using (metric)
        where weights.weight_units > 0
        group by ratings_kept.event_no, ratings_kept.candidate_no
    ),
    split_ratings as (
        select
            split_answers.unit_no,
            split_answers.candidate_no,
            ratings_kept.event_no,
            ratings_kept.value_units,
            weights.metric,
            weights.weight_units
        from split_answers
        join event_units using (unit_no)
        join ratings_kept using (event_no, candidate_no)
        join rating_scales using (scale_no)
        join weights using (metric)
        where weights.weight_units > 0
    ),
    in_several_events as (
        select
            unit_no,
            candidate_no,
            sum(value_units * weight_units)::bigint as total,
            count(*) as n_metrics
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
    ),
    on_rubric as (
        select
            event_no,
            candidate_no,
            total,
            n_metrics
        from in_one_event
        union all
        select distinct
            split_ratings.event_no,
            split_ratings.candidate_no,
            in_several_events.total,
            in_several_events.n_metrics
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
    1 as basis
from on_rubric
join event_units using (event_no)
join rubrics
    on rubrics.rubric_no = event_units.rubric_no
    and rubrics.accepted
where on_rubric.n_metrics = $weighted_metrics
    and event_units.level_no < 4
union all
select
    ratings_kept.event_no,
    event_units.unit_no,
    event_units.prompt_no,
    event_units.rater_no,
    event_units.level_no,
    event_units.precedence,
    ratings_kept.candidate_no,
    ratings_kept.value_units * 10000 as total,
    try_cast((event_units.overall_scale[2] - event_units.overall_scale[1]) * 10000000000 as bigint) as span,
    2 as basis
from ratings_kept
join rating_scales using (scale_no)
join event_units using (event_no)
left join rubrics
    on rubrics.rubric_no = event_units.rubric_no
where rating_scales.metric = 'overall'
    and event_units.overall_scale is not null
    and not coalesce(rubrics.accepted, false)
    and event_units.level_no < 4
