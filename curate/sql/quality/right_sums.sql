-- reads: voted_items, patterns, pattern_rights
-- grain: cluster of prompts x rater
-- why: expected right votes, for the interval of reliability
with
    counted as (
        select
            voted_items.cluster_no,
            patterns.pattern_no,
            count(*) as n_items
        from voted_items
        join patterns using (codes)
        group by voted_items.cluster_no, patterns.pattern_no
    )
select
    counted.cluster_no,
    pattern_rights.rater_no,
    sum(counted.n_items)::double as n,
    sum(counted.n_items * pattern_rights.right_share) as right_votes
from counted
join pattern_rights using (pattern_no)
group by counted.cluster_no, pattern_rights.rater_no
order by pattern_rights.rater_no, counted.cluster_no
