-- reads: raw_events, event_answers, live_events, rating_scales, candidate_keys
-- grain: live event x candidate x metric, with why the rating cannot count
-- why: only answers with a fault are read again, one rating a row
with
    faulty as (
        select distinct event_no
        from event_answers
        where n_faults > 0
    ),
    listed as (
        select
            live_events.event_no,
            live_events.prompt_no,
            live_events.rubric_no,
            live_events.overall_scale,
            unnest(raw_events.answers) as answer
        from faulty
        join live_events using (event_no)
        join raw_events using (event_no)
    ),
    entries as (
        select
            event_no,
            prompt_no,
            rubric_no,
            overall_scale,
            answer.candidate_id as candidate_id,
            unnest(map_entries(answer.scores)) as entry
        from listed
    ),
    scaled as (
        select
            entries.event_no,
            candidate_keys.candidate_no,
            entries.candidate_id,
            rating_scales.scale_no,
            entries.entry.key as metric,
            entries.entry.value as value,
            coalesce(rating_scales.scale_min, entries.overall_scale[1]) as scale_min,
            coalesce(rating_scales.scale_max, entries.overall_scale[2]) as scale_max
        from entries
        left join rating_scales
            on rating_scales.rubric_no = entries.rubric_no
            and rating_scales.metric = entries.entry.key
        left join candidate_keys
            on candidate_keys.candidate_id = entries.candidate_id
            and candidate_keys.prompt_no = entries.prompt_no
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
    fault,
    case when candidate_no is null then candidate_id end as stranger_id,
    metric || ' = ' || case
        when abs(value) < 1000000000 then rtrim(rtrim(value::decimal(18, 6)::varchar, '0'), '.')
        when value < 0 then 'below -1000000000'
        else 'above 1000000000'
    end as detail
from checked
where fault is not null
