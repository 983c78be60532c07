-- reads: live_events
-- grain: one judge's event that scores by the workspace's rubric, with the reading it belongs to
-- why: differences are taken within one reading (DESIGN 5.1); a judge that scores answers one at a time has one
--      event an answer, and those of one prompt, model version, wording and sample are one reading
with
    scored as (
        select *
        from live_events
        where $with_scores
            and rater_kind = 'judge'
            and failure is null
            and rubric_id = $rubric_id
    )
select
    event_no,
    prompt_no,
    rater,
    event_no as reading_no
from scored
where n_answers > 1
union all
select
    event_no,
    prompt_no,
    rater,
    min(event_no) over (partition by prompt_no, rater, rater_version, rubric_hash, sample) as reading_no
from scored
where n_answers = 1
