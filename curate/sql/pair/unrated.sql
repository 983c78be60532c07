-- reads: prompt_keys, filtered_prompts, lost_prompts, verdicts, kept_candidates, live_events, rubrics
-- grain: prompt of which no two answers were compared
-- why: says what is missing, so that a user knows whom to ask
with
    answers as (
        select
            prompt_no,
            count(*) as n_answers
        from kept_candidates
        group by prompt_no
    ),
    other_rubrics as (
        select
            live_events.prompt_no,
            min(rubrics.rubric_id) as rubric_id
        from live_events
        join rubrics using (rubric_no)
        where not rubrics.accepted
        group by live_events.prompt_no
    )
select
    prompt_keys.prompt_no,
    case
        when answers.n_answers is null then 'no answer'
        when answers.n_answers = 1 then 'one answer'
        when other_rubrics.rubric_id is not null
            then 'scores only by another rubric: ' || other_rubrics.rubric_id
        else 'no rater compared two of its answers'
    end as detail
from prompt_keys
left join answers using (prompt_no)
left join other_rubrics using (prompt_no)
anti join filtered_prompts using (prompt_id)
anti join lost_prompts using (prompt_no)
anti join (select distinct prompt_no from verdicts) as compared using (prompt_no)
