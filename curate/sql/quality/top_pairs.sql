-- reads: pair_votes
-- grain: two raters, of those with the most comparisons in common
-- why: of many raters most two share little, and a table of all says nothing
select
    one_rater_no,
    other_rater_no,
    sum(n_compared)::bigint as n_compared
from pair_votes
group by one_rater_no, other_rater_no
order by n_compared desc, one_rater_no, other_rater_no
limit $most_pairs
