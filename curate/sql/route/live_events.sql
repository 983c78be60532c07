-- reads: raw_events (event_lines, with event_no), prompt_keys
-- grain: one live event about a known prompt
-- why: what was superseded or deleted is no vote, and the same event in two journals is one; is_vote
--      leaves out failures and orders that nobody touched; a person's reason in a judge's words is none
with
    superseded as (
        select distinct supersedes as event_id
        from raw_events
        where supersedes is not null
    ),
    first_lines as (
        select min(event_no) as event_no
        from raw_events
        group by event_id
    )
select
    raw_events.event_no,
    prompt_keys.prompt_no,
    raw_events.rater.kind as rater_kind,
    raw_events.rater.id as rater,
    raw_events.rater.version as rater_version,
    raw_events.rubric_id,
    raw_events.rubric_hash,
    coalesce(raw_events.sample, 0) as sample,
    raw_events.request_hash,
    raw_events.n_answers,
    raw_events.failure,
    raw_events.is_vote,
    raw_events.seconds
from raw_events
join first_lines using (event_no)
join prompt_keys using (prompt_id)
anti join superseded using (event_id)
where not coalesce(raw_events.deleted, false)
    and raw_events.expands is null
