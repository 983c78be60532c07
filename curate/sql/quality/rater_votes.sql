-- reads: pair_votes
-- grain: cluster of prompts x rater
-- why: a rater's agreement is with all others of the same kind
with
    sides as (
        select cluster_no, one_rater_no as rater_no, n_compared, agreed_halves
        from pair_votes
        where one_level_no = other_level_no
        union all
        select cluster_no, other_rater_no as rater_no, n_compared, agreed_halves
        from pair_votes
        where one_level_no = other_level_no
    )
select
    cluster_no,
    rater_no,
    sum(n_compared) as n_compared,
    sum(agreed_halves) as agreed_halves
from sides
group by cluster_no, rater_no
order by rater_no, cluster_no
