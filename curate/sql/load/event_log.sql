-- reads: raw_events
-- grain: one line of a journal
-- why: journals are parsed once; every later step reads this table
select
    row_number() over () as event_no,
    event_id,
    supersedes,
    coalesce(deleted, false) as deleted,
    coalesce(final, false) as final,
    prompt_id,
    rater.kind as rater_kind,
    rater.id as rater,
    rater.version as rater_version,
    rubric_id,
    rubric_hash,
    overall_scale,
    coalesce(sample, 0) as sample,
    answers,
    tiers,
    verdict,
    coalesce(confirmed, true) as confirmed,
    rationale,
    failure.reason as failure
from raw_events
