-- reads: raw_events
-- grain: one judgement that was asked, by request_hash
-- why: what came is never asked again, and of what did not the latest failure speaks; what was superseded
--      or deleted is no judgement; materialized, so that journals are parsed once
with
    lines as materialized (
        select
            event_id,
            supersedes,
            coalesce(deleted, false) as deleted,
            "at",
            prompt_id,
            request_hash,
            rater.id as rater,
            rater.version as version,
            rubric_hash,
            failure.reason as reason
        from raw_events
        where expands is null
            and (request_hash is not null or supersedes is not null)
    ),
    superseded as (
        select distinct supersedes as event_id
        from lines
        where supersedes is not null
    )
select
    request_hash,
    any_value(prompt_id) as prompt_id,
    any_value(rater) as rater,
    any_value(rubric_hash) as rubric_hash,
    arg_max(version, "at") as version,
    bool_or(reason is null) as came,
    arg_max(reason, "at") as reason,
    arg_max(event_id, "at") filter (reason is not null) as event_id
from lines
anti join superseded using (event_id)
where request_hash is not null
    and not deleted
group by request_hash
