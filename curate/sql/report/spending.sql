-- reads: raw_events
-- grain: rater, with what its judgements took
-- why: what was paid for counts, also where a later judgement stands in its place
with
    known_events as (
        select *
        from raw_events
        qualify row_number() over (partition by event_id order by "at") = 1
    )
select
    rater.kind as kind,
    rater.id as rater,
    count(*) filter (failure is null) as came,
    count(*) filter (failure is not null) as failed,
    coalesce(sum(usage.input_tokens), 0)::bigint as input_tokens,
    coalesce(sum(usage.output_tokens + usage.thought_tokens), 0)::bigint as output_tokens,
    coalesce(sum(usage.usd::decimal(18, 6)), 0)::double as usd,
    coalesce(sum(usage.seconds::decimal(18, 3)), 0)::double as seconds
from known_events
where usage is not null
    and reviews is null
group by rater.kind, rater.id
having coalesce(sum(usage.input_tokens), 0) > 0
    or coalesce(sum(usage.seconds), 0) > 0
    or coalesce(sum(usage.usd), 0) > 0
order by usd desc, seconds desc, kind, rater
