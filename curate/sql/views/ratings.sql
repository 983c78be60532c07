-- reads: events, rating_scales
-- grain: event x candidate x metric
-- why: the raw votes, one number a row
with
    event_answers as (
        select
            event_id,
            rater,
            prompt_id,
            rubric_id,
            rubric_hash,
            overall_scale,
            unnest(answers) as answer
        from events
    ),
    scored as (
        select
            * exclude (answer),
            answer.candidate_id as candidate_id,
            answer.position as position,
            answer.rationales as rationales,
            unnest(map_entries(answer.scores)) as entry
        from event_answers
    )
select
    scored.event_id,
    scored.rater.kind as rater_kind,
    scored.rater.id as rater,
    scored.prompt_id,
    scored.candidate_id,
    scored.entry.key as metric,
    scored.entry.value::decimal(18, 6) as value,
    case
        when rating_scales.metric is not null then rating_scales.scale_min
        when scored.entry.key = 'overall' then scored.overall_scale[1]::decimal(18, 6)
    end as scale_min,
    case
        when rating_scales.metric is not null then rating_scales.scale_max
        when scored.entry.key = 'overall' then scored.overall_scale[2]::decimal(18, 6)
    end as scale_max,
    scored.rationales[scored.entry.key] as rationale,
    scored.rubric_id,
    scored.rubric_hash,
    scored.position
from scored
left join rating_scales
    on rating_scales.rubric_id = scored.rubric_id and rating_scales.metric = scored.entry.key
