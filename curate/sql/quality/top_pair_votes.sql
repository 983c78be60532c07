-- reads: pair_votes, top_pairs
-- grain: cluster of prompts x two of the raters that are told one by one
-- why: as pair_votes
select
    cluster_no,
    one_rater_no,
    other_rater_no,
    n_compared,
    agreed_halves,
    n_taus,
    sum_tau
from pair_votes
semi join top_pairs using (one_rater_no, other_rater_no)
order by one_rater_no, other_rater_no, cluster_no
