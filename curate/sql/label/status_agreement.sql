-- reads: status_votes
-- grain: annotator
-- why: comparisons with every other annotator who compared the same two answers, counted by what those said
--      and not one by one: the same word is whole, a tie against a preference half; agreed is in halves
with
    beside as (
        select
            rater,
            vote,
            count(*) over pair as n_raters,
            count(*) filter (vote > 0) over pair as n_one,
            count(*) filter (vote < 0) over pair as n_other,
            count(*) filter (vote = 0) over pair as n_tied
        from status_votes
        where role = 'annotator'
        window pair as (partition by one_id, other_id)
    )
select
    rater,
    sum(n_raters - 1)::bigint as compared,
    sum(
        case vote
            when 1 then 2 * (n_one - 1) + n_tied
            when -1 then 2 * (n_other - 1) + n_tied
            else 2 * (n_tied - 1) + n_one + n_other
        end
    )::bigint as agreed_halves
from beside
group by rater
