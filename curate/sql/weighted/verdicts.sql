-- reads: speaking, verdicts, rater_weights
-- grain: pair of answers that somebody of one precedence compared, and nobody before
-- why: as pair/verdicts, with every vote and every mean counted by its rater's weight (DESIGN 5.3); sums of
--      decimals are exact, and n_raters stays the number of raters
with
    deciding as (
        select
            speaking.*,
            coalesce(rater_weights.weight, 1)::decimal(18, 6) as weight
        from speaking
        anti join verdicts using (one_no, other_no)
        left join rater_weights using (rater_no)
        where speaking.precedence = $precedence
    ),
    counted as (
        select
            one_no,
            other_no,
            min(prompt_no) as prompt_no,
            min(basis) as basis,
            min(level_no) as level_no,
            coalesce(sum(weight) filter (vote > 0), 0) as w_one,
            coalesce(sum(weight) filter (vote < 0), 0) as w_other,
            coalesce(sum(weight) filter (vote is not null), 0) as w_raters,
            count(vote) as n_raters,
            count(*) filter (contradicted) as n_contradicted,
            count(*) filter (conflicted) as n_conflicted,
            sum(difference * weight) as sum_difference,
            sum(weight) filter (difference is not null) as w_differences,
            sum(share * weight) as sum_share,
            sum(tier_gap * weight) as sum_gap,
            sum(weight) filter (tier_gap is not null) as w_gaps
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
        when w_one = 0 and w_other = 0 then 'tie'
        when w_one > w_other and (w_one - w_other)::double / w_raters >= $min_consensus then 'one'
        when w_other > w_one and (w_other - w_one)::double / w_raters >= $min_consensus then 'other'
        else 'no_consensus'
    end as outcome,
    (
        (greatest(w_one, w_other) * 2 + w_raters - w_one - w_other)::double / nullif(w_raters * 2, 0)
    )::decimal(18, 6) as agreement,
    (sum_difference::double / nullif(w_differences, 0))::decimal(18, 6) as difference,
    (sum_share::double / nullif(w_differences, 0))::decimal(18, 6) as share,
    (sum_gap::double / nullif(w_gaps, 0))::decimal(18, 6) as tier_gap
from counted
