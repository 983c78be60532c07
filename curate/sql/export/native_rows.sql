-- reads: prompts, candidates, events
-- grain: prompt, with its answers and live events
-- why: the native layout has all of a prompt on a line; lists are put in order by who reads them
with
    answers as (
        select
            prompt_id,
            list(candidates) as answers
        from candidates
        group by prompt_id
    ),
    votes as (
        select
            prompt_id,
            list(events) as votes
        from events
        group by prompt_id
    )
select
    prompts.*,
    answers.answers,
    votes.votes
from prompts
left join answers using (prompt_id)
left join votes using (prompt_id)
order by prompts.prompt_id
