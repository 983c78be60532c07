-- reads: near_labels, copied_groups, event_answers
-- grain: answer that is a copy of one to another prompt
-- why: the answer with the most votes stays, then the smallest id
with
    votes as (
        select
            candidate_no,
            count(*) as n_votes
        from event_answers
        group by candidate_no
    ),
    placed as (
        select
            near_labels.node_no as candidate_no,
            first_value(near_labels.node_no) over (
                partition by near_labels.label
                order by coalesce(votes.n_votes, 0) desc, near_labels.node_no
            ) as survivor_no
        from near_labels
        join copied_groups using (label)
        left join votes
            on votes.candidate_no = near_labels.node_no
    )
select
    candidate_no,
    survivor_no
from placed
where candidate_no != survivor_no
