-- reads: readings
-- grain: pair of answers x order of one judge
-- why: what orders are compared by, the mean over their repeats, as in pair/repeated_votes
select
    one.rater,
    one.prompt_id,
    one.candidate_id as one_id,
    other.candidate_id as other_id,
    one.order_no,
    avg(one.total - other.total) as difference
from readings as one
join readings as other
    on other.unit = one.unit
    and other.candidate_id > one.candidate_id
group by one.rater, one.prompt_id, one.candidate_id, other.candidate_id, one.order_no
