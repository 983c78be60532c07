-- reads: near_labels, live_events, candidate_keys
-- grain: prompt that asks what another asks of the same picture
-- why: the prompt with the most votes stays, then the one with the most answers, then the smallest id
with
    votes as (
        select
            prompt_no,
            count(*) as n_votes
        from live_events
        group by prompt_no
    ),
    answers as (
        select
            prompt_no,
            count(*) as n_answers
        from candidate_keys
        group by prompt_no
    ),
    placed as (
        select
            near_labels.node_no as prompt_no,
            first_value(near_labels.node_no) over (
                partition by near_labels.label
                order by
                    coalesce(votes.n_votes, 0) desc,
                    coalesce(answers.n_answers, 0) desc,
                    near_labels.node_no
            ) as survivor_no
        from near_labels
        left join votes
            on votes.prompt_no = near_labels.node_no
        left join answers
            on answers.prompt_no = near_labels.node_no
    )
select
    prompt_no,
    survivor_no
from placed
where prompt_no != survivor_no
