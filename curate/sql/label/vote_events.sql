-- reads: raw_events (with only what gold and judges' scores ask about)
-- grain: one live event that is no failure
-- why: what was superseded or deleted is no vote, and the same event in two journals is one
with
    superseded as (
        select distinct supersedes as event_id
        from raw_events
        where supersedes is not null
    )
select distinct on (event_id)
    event_id,
    prompt_id,
    rater.kind as rater_kind,
    coalesce(final, false) as final,
    rubric_id,
    coalesce(answers, []) as answers,
    coalesce(tiers, []) as tiers
from raw_events
anti join superseded using (event_id)
where failure is null
    and not coalesce(deleted, false)
