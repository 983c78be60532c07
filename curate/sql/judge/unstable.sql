-- reads: differences
-- grain: one judge
-- why: a pair on which orders of the answers disagree is one the judge abstains on
with
    pairs as (
        select
            rater,
            count(*) as n_orders,
            min(difference) < 0 and max(difference) > 0 as opposite,
            max(difference) - min(difference) > $unstable_above * $span as spread
        from differences
        group by rater, prompt_id, one_id, other_id
    )
select
    rater,
    count(*) as n_pairs,
    count(*) filter (n_orders > 1) as n_compared,
    count(*) filter (n_orders > 1 and opposite) as n_opposite,
    count(*) filter (n_orders > 1 and spread and not opposite) as n_spread
from pairs
group by rater
order by rater
