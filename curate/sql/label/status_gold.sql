-- reads: status_votes, gold_prompts
-- grain: annotator who compared answers of a gold prompt whose order is known
-- why: the right order is the final event's where there is one, else the source's; right is in halves
with
    said as (
        select
            one_id,
            other_id,
            role,
            sign(sum(vote))::tinyint as vote
        from status_votes
        where role in ('final', 'source')
        group by one_id, other_id, role
    ),
    keys as (
        select
            one_id,
            other_id,
            vote
        from said
        qualify row_number() over (partition by one_id, other_id order by role) = 1
    )
select
    status_votes.rater,
    count(distinct status_votes.prompt_id) as gold_tasks,
    count(*) as gold_pairs,
    sum(2 - abs(keys.vote - status_votes.vote))::bigint as right_halves
from status_votes
join keys using (one_id, other_id)
where status_votes.role = 'annotator'
    and status_votes.prompt_id in (select prompt_id from gold_prompts)
group by status_votes.rater
