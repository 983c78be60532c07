-- reads: event_log, live_events, candidate_keys
-- grain: live event x answer it lists
-- why: candidate_no is null where the answer is unknown or belongs to another prompt, and stranger_id is
--      null where it is not; what its scores are read by stands beside them
with
    listed as (
        select
            live_events.event_no,
            live_events.prompt_no,
            live_events.rubric_no,
            live_events.overall_scale,
            unnest(event_log.answers) as answer
        from event_log
        join live_events using (event_no)
    )
select
    listed.event_no,
    candidate_keys.candidate_no,
    case when candidate_keys.candidate_no is null then listed.answer.candidate_id end as stranger_id,
    listed.rubric_no,
    listed.overall_scale,
    listed.answer.scores as scores
from listed
left join candidate_keys
    on candidate_keys.candidate_id = listed.answer.candidate_id
    and candidate_keys.prompt_no = listed.prompt_no
