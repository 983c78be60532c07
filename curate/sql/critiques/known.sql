-- reads: raw_events
-- grain: live line about an expansion, latest last
-- why: what came is never asked again, and what failed is known by its reason; text is kept only of what
--      still has to be checked, for the checked ones are most
with
    lines as materialized (
        select
            event_id,
            supersedes,
            coalesce(deleted, false) as deleted,
            "at",
            request_hash,
            expands,
            coalesce(list_contains(flags, 'checked'), false) as is_checked,
            answers[1].rationales['overall'] as text,
            failure.reason as reason
        from raw_events
        where expands is not null
            and request_hash is not null
    )
select
    request_hash,
    expands,
    event_id,
    is_checked,
    reason,
    case when not is_checked then text end as text
from lines
where not deleted
    and event_id not in (select supersedes from lines where supersedes is not null)
order by "at", event_id
