-- reads: rating_scales, weights, accepted_rubrics
-- grain: one rubric_id that a live event uses
-- why: span is the widest difference the weighted metrics allow, in the unit of totals (1e-10 point); the
--      lists stand side by side, one entry a scale, and scores are read in their order; a metric without
--      weight has a null in weight_units
with
    ordered as (
        select
            rating_scales.rubric_id,
            rating_scales.rubric_no,
            list_sort(
                list(
                    struct_pack(
                        scale_no := rating_scales.scale_no,
                        metric := rating_scales.metric,
                        scale_min := rating_scales.scale_min,
                        scale_max := rating_scales.scale_max,
                        weight_units := weights.weight_units
                    )
                )
            ) as scales,
            try_cast(
                round(sum(weights.weight_units * ((rating_scales.scale_max - rating_scales.scale_min) * 1000000)))
                as bigint
            ) as span
        from rating_scales
        left join weights
            on weights.metric = rating_scales.metric
            and weights.weight_units > 0
        group by rating_scales.rubric_id, rating_scales.rubric_no
    )
select
    ordered.rubric_id,
    ordered.rubric_no,
    accepted_rubrics.rubric_id is not null as accepted,
    ordered.span,
    list_transform(ordered.scales, lambda scale: scale.scale_no) as scale_nos,
    list_transform(ordered.scales, lambda scale: scale.metric) as metrics,
    list_transform(ordered.scales, lambda scale: scale.scale_min) as scale_mins,
    list_transform(ordered.scales, lambda scale: scale.scale_max) as scale_maxs,
    list_transform(ordered.scales, lambda scale: scale.weight_units) as weight_units
from ordered
left join accepted_rubrics
    on accepted_rubrics.rubric_id = ordered.rubric_id
