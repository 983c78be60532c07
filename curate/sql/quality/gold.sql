-- reads: votes, speaking, gold_prompts, prompt_keys
-- grain: cluster of prompts x rater who compared answers of a gold prompt whose order is known
-- why: the right order is the final event's where there is one, else the source's, on whatever scale that
--      is told; right is in halves
with
    known as (
        select prompt_keys.prompt_no
        from gold_prompts
        join prompt_keys using (prompt_id)
    ),
    orders as (
        select
            one_no,
            other_no,
            precedence,
            sign(sum(vote))::tinyint as vote
        from votes
        semi join known using (prompt_no)
        where precedence in (0, 3)
            and vote is not null
        group by one_no, other_no, precedence
    ),
    keys as (
        select
            one_no,
            other_no,
            vote
        from orders
        qualify row_number() over (partition by one_no, other_no order by precedence) = 1
    )
select
    (speaking.prompt_no % $clusters)::integer as cluster_no,
    speaking.rater_no,
    count(*)::double as n_pairs,
    sum(2 - abs(keys.vote - speaking.vote))::double as right_halves
from speaking
semi join known using (prompt_no)
join keys using (one_no, other_no)
where speaking.precedence in (1, 2)
    and speaking.vote is not null
group by (speaking.prompt_no % $clusters)::integer, speaking.rater_no
order by speaking.rater_no, cluster_no
