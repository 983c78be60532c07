-- reads: raw_events (every line of every journal; fields at their default may be null)
-- grain: one live event
-- why: an edit supersedes and a deletion is a tombstone, so what was superseded is no vote; the same
--      event in two journals is one event
with
    known_events as (
        select *
        from raw_events
        qualify row_number() over (partition by event_id order by "at") = 1
    )
select
    event_id,
    "at",
    supersedes,
    coalesce(deleted, false) as deleted,
    coalesce(final, false) as final,
    reviews,
    expands,
    prompt_id,
    rater,
    rubric_id,
    rubric_hash,
    overall_scale,
    coalesce(sample, 0) as sample,
    coalesce(order_no, 0) as order_no,
    request_hash,
    coalesce(answers, []) as answers,
    tiers,
    verdict,
    coalesce(confirmed, true) as confirmed,
    rationale,
    coalesce(flags, []) as flags,
    failure,
    usage
from known_events
where not coalesce(deleted, false)
    and event_id not in (select supersedes from known_events where supersedes is not null)
