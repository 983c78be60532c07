-- reads: near_labels, candidate_keys, survivors, event_answers
-- grain: answer of a group of near answers to one prompt, or an exact copy of one
-- why: as dedupe/copies; home_no is the answer that stands for its exact copies, whose votes are its own
with
    homes as (
        select
            node_no as candidate_no,
            node_no as home_no,
            label
        from near_labels
        union all
        select
            survivors.candidate_no,
            near_labels.node_no as home_no,
            near_labels.label
        from survivors
        join near_labels
            on near_labels.node_no = survivors.survivor_no
    ),
    votes as (
        select
            homes.home_no,
            count(*) as n_votes
        from event_answers
        join homes using (candidate_no)
        group by homes.home_no
    )
select
    homes.candidate_no,
    homes.home_no,
    candidate_keys.prompt_no,
    homes.label::varchar as form,
    dense_rank() over (
        partition by candidate_keys.prompt_no, homes.label
        order by coalesce(votes.n_votes, 0) desc, homes.home_no
    ) as place
from homes
join candidate_keys using (candidate_no)
left join votes using (home_no)
