-- reads: votes, candidate_keys
-- grain: pair of answers that somebody compared
-- why: a final event alone decides, then people, then judges, then sources (DESIGN 5.3); a prompt
--      is paired from the overall only where nobody compared its answers by the rubric; pair_id is over
--      the chosen and the rejected candidate_id
with
    on_rubric as (
        select distinct prompt_no
        from votes
        where basis = 1
    ),
    speaking as (
        select *
        from votes
        where basis = 1
        union all
        select votes.*
        from votes
        anti join on_rubric using (prompt_no)
        where votes.basis = 2
    ),
    deciding as (
        select
            one_no,
            other_no,
            min(precedence) as precedence
        from speaking
        group by one_no, other_no
    ),
    counted as (
        select
            one_no,
            other_no,
            min(precedence) as precedence,
            min(prompt_no) as prompt_no,
            min(basis) as basis,
            min(level_no) as level_no,
            count(*) filter (vote > 0) as n_one,
            count(*) filter (vote = 0) as n_tie,
            count(*) filter (vote < 0) as n_other,
            count(vote) as n_raters,
            count(*) filter (contradicted) as n_contradicted,
            sum(difference) as sum_difference,
            count(difference) as n_differences,
            sum(share) as sum_share,
            sum(tier_gap) as sum_gap,
            count(tier_gap) as n_gaps
        from speaking
        join deciding using (one_no, other_no, precedence)
        group by one_no, other_no
    ),
    decided as (
        select
            counted.*,
            case
                when n_raters = 0 and n_contradicted > 0 then 'contradiction'
                when n_raters = 0 then 'conflict'
                when n_one = 0 and n_other = 0 then 'tie'
                when n_one > n_other and (n_one - n_other)::double / n_raters >= $min_consensus then 'one'
                when n_other > n_one and (n_other - n_one)::double / n_raters >= $min_consensus then 'other'
                else 'no_consensus'
            end as outcome
        from counted
    )
select
    decided.one_no,
    decided.other_no,
    decided.prompt_no,
    case decided.outcome
        when 'other' then md5(other.candidate_id || one.candidate_id)
        else md5(one.candidate_id || other.candidate_id)
    end as pair_id,
    decided.basis,
    decided.precedence,
    decided.level_no,
    decided.n_raters,
    decided.outcome,
    ((greatest(n_one, n_other) * 2 + n_tie)::double / nullif(n_raters * 2, 0))::decimal(18, 6) as agreement,
    (sum_difference::double / nullif(n_differences, 0))::decimal(18, 6) as difference,
    (sum_share::double / nullif(n_differences, 0))::decimal(18, 6) as share,
    (sum_gap::double / nullif(n_gaps, 0))::decimal(18, 6) as tier_gap
from decided
join candidate_keys as one
    on one.candidate_no = decided.one_no
join candidate_keys as other
    on other.candidate_no = decided.other_no
