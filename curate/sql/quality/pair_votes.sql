-- reads: prompt_votes
-- grain: cluster of prompts x two raters
-- why: the sums that agreement and mean tau-b are made of; a tau of two answers is only their agreement
--      again, so it takes three (three pairs)
select
    cluster_no,
    one_rater_no,
    other_rater_no,
    one_level_no,
    other_level_no,
    sum(n_compared)::double as n_compared,
    sum(agreed_halves)::double as agreed_halves,
    count(tau) filter (n_compared >= 3)::double as n_taus,
    coalesce(sum(tau) filter (n_compared >= 3), 0)::double as sum_tau
from prompt_votes
group by all
