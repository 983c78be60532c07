-- reads: live_events
-- grain: live event
-- why: differences are taken within one event; a rater who scores answers one at a time has one
--      event an answer, and those of one prompt, model version, wording and sample count as one
select
    event_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    rubric_no,
    overall_scale,
    false as pointwise,
    event_no as unit_no
from live_events
where n_answers > 1
union all
select
    event_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    rubric_no,
    overall_scale,
    true as pointwise,
    min(event_no) over (
        partition by
            prompt_no, rater_no, rater_version, rubric_no, rubric_hash, overall_scale, sample, precedence
    ) as unit_no
from live_events
where n_answers = 1
