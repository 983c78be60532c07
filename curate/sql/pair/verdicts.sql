-- reads: votes, candidate_keys
-- grain: pair of answers that somebody compared
-- why: a final event alone decides, then people, then judges, then sources (DESIGN 5.3); a prompt
--      is paired from the overall only where nobody compared its answers by the rubric; pair_id is over
--      the chosen and the rejected candidate_id
with
    on_rubric as (
        select distinct prompt_no
        from votes
        where basis = 'rubric'
    ),
    ranked_votes as (
        select
            votes.*,
            case
                when final then 0
                when rater_kind = 'human' then 1
                when rater_kind = 'judge' then 2
                else 3
            end as precedence
        from votes
        left join on_rubric using (prompt_no)
        where votes.basis = 'rubric'
            or on_rubric.prompt_no is null
    ),
    counted as (
        select
            one_no,
            other_no,
            prompt_no,
            basis,
            precedence,
            case min(case rater_kind when 'human' then 1 when 'judge' then 2 else 3 end)
                when 1 then 'human'
                when 2 then 'judge'
                else 'source'
            end as level,
            count(*) filter (vote > 0) as n_one,
            count(*) filter (vote = 0) as n_tie,
            count(*) filter (vote < 0) as n_other,
            count(vote) as n_raters,
            count(*) filter (contradicted) as n_contradicted,
            (sum(difference)::double / count(difference))::decimal(18, 6) as difference,
            (sum(share)::double / count(share))::decimal(18, 6) as share,
            (sum(tier_gap)::double / count(tier_gap))::decimal(18, 6) as tier_gap
        from ranked_votes
        group by one_no, other_no, prompt_no, basis, precedence
    ),
    deciding as (
        select *
        from counted
        qualify row_number() over (partition by one_no, other_no order by precedence) = 1
    ),
    decided as (
        select
            *,
            case
                when n_raters = 0 and n_contradicted > 0 then 'contradiction'
                when n_raters = 0 then 'conflict'
                when n_one = 0 and n_other = 0 then 'tie'
                when n_one > n_other and (n_one - n_other)::double / n_raters >= $min_consensus then 'one'
                when n_other > n_one and (n_other - n_one)::double / n_raters >= $min_consensus then 'other'
                else 'no_consensus'
            end as outcome
        from deciding
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
    decided.level,
    decided.n_raters,
    decided.outcome,
    ((greatest(n_one, n_other) + n_tie / 2.0)::double / nullif(n_raters, 0))::decimal(18, 6) as agreement,
    decided.difference,
    decided.share,
    decided.tier_gap
from decided
join candidate_keys as one
    on one.candidate_no = decided.one_no
join candidate_keys as other
    on other.candidate_no = decided.other_no
