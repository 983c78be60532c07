-- reads: event_log, live_events, candidate_keys
-- grain: live event x answer it lists
-- why: candidate_no is null where the answer is unknown or belongs to another prompt
with
    listed as (
        select
            live_events.event_no,
            live_events.prompt_no,
            unnest(event_log.answers) as answer
        from event_log
        join live_events using (event_no)
    )
select
    listed.event_no,
    listed.answer.candidate_id as candidate_id,
    candidate_keys.candidate_no,
    listed.answer.scores as scores
from listed
left join candidate_keys
    on candidate_keys.candidate_id = listed.answer.candidate_id
    and candidate_keys.prompt_no = listed.prompt_no
