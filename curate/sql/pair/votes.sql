-- reads: score_votes, rankers, ranked_votes
-- grain: pair of answers x rater
-- why: where a rater ranked nothing the vote is the sign of the difference, null where that is unstable
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    false as contradicted,
    false as conflicted,
    unstable,
    case when not unstable then sign(difference) end::tinyint as vote,
    case when not unstable then difference end as difference,
    case when not unstable then share end as share,
    null::decimal(18, 6) as tier_gap
from score_votes
anti join rankers using (prompt_no, rater_no)
union all
select * from ranked_votes
