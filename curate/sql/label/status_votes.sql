-- reads: status_ranks, status_scores
-- grain: pair of answers x rater who compared the two
-- why: a rater's vote is the sign of the confirmed ranking, else of the scores (DESIGN 5.2)
select *
from status_ranks
union all
select *
from status_scores
anti join status_ranks using (role, rater, one_id, other_id)
