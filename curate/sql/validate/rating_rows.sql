-- reads: event_answers, live_events, rating_scales
-- grain: live event x candidate x metric
-- why: value_units is the score in millionths, so that every sum is a sum of integers; fault says
--      why a rating cannot count
with
    entries as (
        select
            event_no,
            candidate_no,
            unnest(map_entries(scores)) as entry
        from event_answers
    )
select
    entries.event_no,
    entries.candidate_no,
    entries.entry.key as metric,
    case
        when abs(entries.entry.value) <= 1000000 then round(entries.entry.value * 1000000)::bigint
    end as value_units,
    case
        when entries.candidate_no is null then 'mismatched_prompt'
        when entries.entry.value
            between coalesce(rating_scales.scale_min, live_events.overall_scale[1])
            and coalesce(rating_scales.scale_max, live_events.overall_scale[2])
            and abs(entries.entry.value) <= 1000000
            then null
        else 'out_of_scale'
    end as fault
from entries
join live_events using (event_no)
left join rating_scales
    on rating_scales.rubric_id = live_events.rubric_id
    and rating_scales.metric = entries.entry.key
