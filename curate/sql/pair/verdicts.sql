-- reads: speaking, verdicts
-- grain: pair of answers that somebody of one precedence compared, and nobody before
-- why: a final event alone decides, then people, then judges, then sources (DESIGN 5.3); the statement is
--      run once a precedence and adds to its own table, so that no vote is ever stored
with
    deciding as (
        select speaking.*
        from speaking
        anti join verdicts using (one_no, other_no)
        where speaking.precedence = $precedence
    ),
    counted as (
        select
            one_no,
            other_no,
            min(prompt_no) as prompt_no,
            min(basis) as basis,
            min(level_no) as level_no,
            count(*) filter (vote > 0) as n_one,
            count(*) filter (vote < 0) as n_other,
            count(vote) as n_raters,
            count(*) filter (contradicted) as n_contradicted,
            count(*) filter (conflicted) as n_conflicted,
            sum(difference) as sum_difference,
            count(difference) as n_differences,
            sum(share) as sum_share,
            sum(tier_gap) as sum_gap,
            count(tier_gap) as n_gaps
        from deciding
        group by one_no, other_no
    )
select
    one_no,
    other_no,
    prompt_no,
    basis,
    $precedence::tinyint as precedence,
    level_no,
    n_raters,
    case
        when n_raters = 0 and n_contradicted > 0 then 'contradiction'
        when n_raters = 0 and n_conflicted > 0 then 'conflict'
        when n_raters = 0 then 'unstable'
        when n_one = 0 and n_other = 0 then 'tie'
        when n_one > n_other and (n_one - n_other)::double / n_raters >= $min_consensus then 'one'
        when n_other > n_one and (n_other - n_one)::double / n_raters >= $min_consensus then 'other'
        else 'no_consensus'
    end as outcome,
    (
        (greatest(n_one, n_other) * 2 + n_raters - n_one - n_other)::double / nullif(n_raters * 2, 0)
    )::decimal(18, 6) as agreement,
    (sum_difference::double / nullif(n_differences, 0))::decimal(18, 6) as difference,
    (sum_share::double / nullif(n_differences, 0))::decimal(18, 6) as share,
    (sum_gap::double / nullif(n_gaps, 0))::decimal(18, 6) as tier_gap
from counted
