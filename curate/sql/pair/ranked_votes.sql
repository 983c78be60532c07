-- reads: score_votes, rank_votes, rankers
-- grain: pair of answers x rater, of raters who ranked something on the prompt
-- why: a vote is the sign of the confirmed ranking, else of the difference; opposite signs are a
--      conflict and on_conflict says whose word counts (DESIGN 5.2); vote is null where none does
with
    joined as (
        select
            coalesce(score_votes.one_no, rank_votes.one_no) as one_no,
            coalesce(score_votes.other_no, rank_votes.other_no) as other_no,
            coalesce(score_votes.prompt_no, rank_votes.prompt_no) as prompt_no,
            coalesce(score_votes.rater_no, rank_votes.rater_no) as rater_no,
            coalesce(score_votes.level_no, rank_votes.level_no) as level_no,
            coalesce(score_votes.precedence, rank_votes.precedence) as precedence,
            coalesce(score_votes.basis, rank_votes.basis) as basis,
            score_votes.difference,
            score_votes.share,
            coalesce(score_votes.unstable, false) as unstable,
            rank_votes.rank_sign,
            rank_votes.tier_gap,
            coalesce(rank_votes.contradicted, false) as contradicted,
            coalesce(rank_votes.rank_sign * sign(score_votes.difference) < 0 and not score_votes.unstable, false) as conflicted
        from (
            select *
            from score_votes
            semi join rankers using (prompt_no, rater_no)
        ) as score_votes
        full join rank_votes
            on rank_votes.one_no = score_votes.one_no
            and rank_votes.other_no = score_votes.other_no
            and rank_votes.rater_no = score_votes.rater_no
            and rank_votes.precedence = score_votes.precedence
            and rank_votes.basis = score_votes.basis
    )
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    contradicted,
    conflicted,
    unstable,
    case
        when contradicted or unstable then null
        when conflicted and $on_conflict in ('drop', 'adjudicate') then null
        when conflicted and $on_conflict = 'scores' then sign(difference)
        else coalesce(rank_sign, sign(difference))
    end::tinyint as vote,
    case
        when not contradicted and not unstable and (not conflicted or $on_conflict = 'scores') then difference
    end as difference,
    case
        when not contradicted and not unstable and (not conflicted or $on_conflict = 'scores') then share
    end as share,
    case
        when not contradicted and not unstable and (not conflicted or $on_conflict = 'ranking') then tier_gap
    end as tier_gap
from joined
