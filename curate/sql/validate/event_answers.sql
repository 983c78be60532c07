-- reads: raw_events, live_events, rubrics, candidate_keys
-- grain: live event x answer it lists
-- why: value_units are the scores in millionths, one an entry of the rubric's lists, so that every sum is a
--      sum of integers; an entry is null where the score is missing or off its scale; n_ratings counts the
--      scores given, n_faults those that are no entry; total is sum_m w_m x_m in 1e-10 points (DESIGN 5.1),
--      null where a weighted metric is missing; candidate_no is null, and stranger_id is not, where
--      the answer is unknown or belongs to another prompt; a rating a row would be five times the rows
with
    listed as (
        select
            live_events.event_no,
            live_events.prompt_no,
            live_events.rubric_no,
            live_events.overall_scale,
            unnest(raw_events.answers) as answer
        from raw_events
        join live_events using (event_no)
    ),
    in_order as (
        select
            listed.event_no,
            listed.prompt_no,
            listed.rubric_no,
            listed.answer.candidate_id as candidate_id,
            cardinality(listed.answer.scores) as n_scores,
            listed.overall_scale,
            rubrics.scale_mins,
            rubrics.scale_maxs,
            rubrics.weight_units,
            list_transform(rubrics.metrics, lambda metric: listed.answer.scores[metric]) as scores
        from listed
        left join rubrics using (rubric_no)
    ),
    checked as (
        select
            event_no,
            prompt_no,
            rubric_no,
            candidate_id,
            n_scores,
            weight_units,
            list_transform(
                scores,
                lambda score, place: case
                    when score between coalesce(scale_mins[place], overall_scale[1])
                        and coalesce(scale_maxs[place], overall_scale[2])
                        and abs(score) <= 1000000
                        then round(score * 1000000)::bigint
                end
            ) as value_units
        from in_order
    ),
    weighed as (
        select
            event_no,
            prompt_no,
            rubric_no,
            candidate_id,
            n_scores,
            value_units,
            list_filter(
                list_transform(value_units, lambda units, place: units * weight_units[place]),
                lambda product: product is not null
            ) as products
        from checked
    )
select
    weighed.event_no,
    weighed.rubric_no,
    candidate_keys.candidate_no,
    case when candidate_keys.candidate_no is null then weighed.candidate_id end as stranger_id,
    case when candidate_keys.candidate_no is not null then weighed.value_units end as value_units,
    case
        when candidate_keys.candidate_no is not null and array_length(weighed.products) = $weighted_metrics
            then list_sum(weighed.products)::bigint
    end as total,
    coalesce(weighed.n_scores, 0)::integer as n_ratings,
    (
        coalesce(weighed.n_scores, 0)
        - case
            when candidate_keys.candidate_no is null then 0
            else coalesce(array_length(list_filter(weighed.value_units, lambda units: units is not null)), 0)
        end
    )::integer as n_faults
from weighed
left join candidate_keys
    on candidate_keys.candidate_id = weighed.candidate_id
    and candidate_keys.prompt_no = weighed.prompt_no
