-- reads: differences
-- grain: one prompt that a judge compared answers of
-- why: how many pairs judgements give is forecast from those there are; a pair counts where orders agree on
--      its side and its mean difference reaches the margin, as a build would have it from this judge alone
with
    pairs as (
        select
            prompt_id,
            not (
                (min(difference) < 0 and max(difference) > 0)
                or max(difference) - min(difference) > $unstable_above * $span
            )
            and avg(difference) != 0
            and abs(avg(difference)) >= $min_margin as is_pair
        from differences
        where rater = $rater
        group by prompt_id, one_id, other_id
    )
select
    prompt_id,
    count(*) filter (is_pair) as n_pairs
from pairs
group by prompt_id
