-- reads: vote_events, tasks
-- grain: prompt to send that judges scored
-- why: sums of millionths and counts over judges and orders, so that means are exact; only the very answers
--      of the task count
with
    answers as (
        select
            vote_events.prompt_id,
            tasks.answer_set,
            unnest(vote_events.answers) as answer
        from vote_events
        join tasks using (prompt_id)
        where vote_events.rater_kind = 'judge'
            and vote_events.rubric_id = $rubric_id
    ),
    scored as (
        select
            prompt_id,
            answer.candidate_id as candidate_id,
            unnest(map_entries(answer.scores)) as entry
        from answers
        where contains(answer_set, answer.candidate_id)
    ),
    sums as (
        select
            prompt_id,
            candidate_id,
            entry.key as metric,
            sum(round(entry.value * 1000000)::bigint)::bigint as units,
            count(*) as n_scores
        from scored
        group by prompt_id, candidate_id, entry.key
    )
select
    prompt_id,
    list(
        {
            'candidate_id': candidate_id,
            'metric': metric,
            'units': units,
            'n_scores': n_scores
        }
    ) as scores
from sums
group by prompt_id
