-- reads: raw_events, pairs, ties
-- grain: rater, in one version, with the judgements behind the build's pairs and ties
-- why: a build names its judgements, so votes that came or went since change nothing
with
    behind as (
        select unnest(provenance) as event_id from pairs
        union
        select unnest(provenance) as event_id from ties
    ),
    known_events as (
        select *
        from raw_events
        where event_id in (select event_id from behind)
        qualify row_number() over (partition by event_id order by "at") = 1
    )
select
    rater.kind as kind,
    rater.id as rater,
    rater.version as version,
    count(*) as judgements,
    count(distinct prompt_id) as prompts
from known_events
group by rater.kind, rater.id, rater.version
order by judgements desc, kind, rater, version
