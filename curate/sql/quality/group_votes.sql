-- reads: pair_votes
-- grain: cluster of prompts x levels of two raters
-- why: as pair_votes, over all raters of one kind or of two
select
    cluster_no,
    one_level_no,
    other_level_no,
    sum(n_compared) as n_compared,
    sum(agreed_halves) as agreed_halves,
    sum(n_taus) as n_taus,
    sum(sum_tau) as sum_tau
from pair_votes
group by cluster_no, one_level_no, other_level_no
order by one_level_no, other_level_no, cluster_no
