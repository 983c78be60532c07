-- reads: event_answers, rating_scales
-- grain: live event x candidate x metric
-- why: value_units is the score in millionths, so that every sum is a sum of integers; fault says
--      why a rating cannot count
with
    entries as (
        select
            event_no,
            candidate_no,
            stranger_id,
            rubric_no,
            overall_scale,
            unnest(map_entries(scores)) as entry
        from event_answers
    ),
    scaled as (
        select
            entries.event_no,
            entries.candidate_no,
            entries.stranger_id,
            rating_scales.scale_no,
            entries.entry.key as metric,
            entries.entry.value as value,
            coalesce(rating_scales.scale_min, entries.overall_scale[1]) as scale_min,
            coalesce(rating_scales.scale_max, entries.overall_scale[2]) as scale_max
        from entries
        left join rating_scales
            on rating_scales.rubric_no = entries.rubric_no
            and rating_scales.metric = entries.entry.key
    ),
    checked as (
        select
            *,
            case
                when candidate_no is null then 'mismatched_prompt'
                when scale_no is not null
                    and value between scale_min and scale_max
                    and abs(value) <= 1000000
                    then null
                else 'out_of_scale'
            end as fault
        from scaled
    )
select
    event_no,
    candidate_no,
    scale_no,
    case when abs(value) <= 1000000 then round(value * 1000000)::bigint end as value_units,
    fault,
    stranger_id,
    case when fault is not null then metric || ' = ' || value::varchar end as detail
from checked
