-- reads: speaking, gold_prompts, prompt_keys
-- grain: cluster of prompts x rater who compared answers of a gold prompt whose order is known
-- why: the right order is the final event's where there is one, else the source's; right is in halves
with
    known as (
        select prompt_keys.prompt_no
        from gold_prompts
        join prompt_keys using (prompt_id)
    ),
    answered as (
        select *
        from speaking
        semi join known using (prompt_no)
        where vote is not null
    ),
    keys as (
        select
            one_no,
            other_no,
            precedence,
            sign(sum(vote))::tinyint as vote
        from answered
        where precedence in (0, 3)
        group by one_no, other_no, precedence
        qualify row_number() over (partition by one_no, other_no order by precedence) = 1
    )
select
    (answered.prompt_no % $clusters)::integer as cluster_no,
    answered.rater_no,
    count(*)::double as n_pairs,
    sum(2 - abs(keys.vote - answered.vote))::double as right_halves
from answered
join keys using (one_no, other_no)
where answered.precedence in (1, 2)
group by cluster_no, answered.rater_no
order by answered.rater_no, cluster_no
