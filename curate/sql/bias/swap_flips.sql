-- reads: shown_pairs
-- grain: cluster of prompts
-- why: of two answers that one judge saw in both orders, how often the orders prefer another one
with
    towards as (
        select
            prompt_no,
            rater_no,
            least(first_no, second_no) as one_no,
            greatest(first_no, second_no) as other_no,
            first_no,
            case when first_no < second_no then first_wins else -first_wins end as vote
        from shown_pairs
        where level_no = 2
    ),
    both_orders as (
        select
            prompt_no,
            min(vote) as least_vote,
            max(vote) as most_vote
        from towards
        group by prompt_no, rater_no, one_no, other_no
        having count(distinct first_no) = 2
    )
select
    'judge' as part,
    prompt_no % $clusters as cluster,
    count(*) filter (least_vote < 0 and most_vote > 0) as counted,
    count(*) as n
from both_orders
group by all
order by all
