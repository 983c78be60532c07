-- reads: event_log, prompt_keys, raters, rubric_keys
-- grain: one event about a known prompt that nothing took back, of a rater or a reward model
-- why: what was superseded or deleted does not count, nor does a review of a vote or a person's reason in a
--      judge's words, and the same event in two journals is one; precedence is whose word counts first: a
--      final event, then people (1), judges (2), sources (3); reward models (4) never vote, so nobody's word
--      is theirs; rankings of judges and sources count as confirmed (DESIGN 5.2)
with
    superseded as (
        select distinct supersedes as event_id
        from event_log
        where supersedes is not null
    ),
    first_lines as (
        select min(event_no) as event_no
        from event_log
        group by event_id
    )
select
    event_log.event_no,
    prompt_keys.prompt_no,
    raters.rater_no,
    raters.level_no,
    case when event_log.final then 0 else raters.level_no end::tinyint as precedence,
    event_log.rater_version,
    rubric_keys.rubric_no,
    event_log.rubric_hash,
    event_log.overall_scale,
    event_log.sample,
    event_log.order_no,
    event_log.tiers,
    event_log.verdict,
    event_log.confirmed or raters.level_no in (2, 3) as confirmed,
    event_log.n_answers,
    event_log.is_scored
from event_log
join first_lines using (event_no)
join prompt_keys using (prompt_id)
join raters using (rater_kind, rater)
left join rubric_keys using (rubric_id)
left join superseded using (event_id)
where not event_log.deleted
    and event_log.reviews is null
    and event_log.expands is null
    and superseded.event_id is null
