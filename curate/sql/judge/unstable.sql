-- reads: differences
-- grain: one judge
-- why: a pair on which orders of the answers disagree is one the judge abstains on; a prompt's pairs hang
--      together, so an interval is over as many prompts as give a mean by their pairs its variance (Kish 1965)
with
    pairs as (
        select
            rater,
            prompt_id,
            count(*) as n_orders,
            min(difference) < 0 and max(difference) > 0 as opposite,
            max(difference) - min(difference) > $unstable_above * $span as spread
        from differences
        group by rater, prompt_id, one_id, other_id
    ),
    prompts as (
        select
            rater,
            count(*) as n_pairs,
            count(*) filter (n_orders > 1) as n_compared,
            count(*) filter (n_orders > 1 and opposite) as n_opposite,
            count(*) filter (n_orders > 1 and spread and not opposite) as n_spread
        from pairs
        group by rater, prompt_id
    )
select
    rater,
    sum(n_pairs)::bigint as n_pairs,
    sum(n_compared)::bigint as n_compared,
    sum(n_opposite)::bigint as n_opposite,
    sum(n_spread)::bigint as n_spread,
    coalesce(sum(n_compared) ** 2 / nullif(sum(n_compared ** 2), 0), 0)::double as worth
from prompts
group by rater
order by rater
