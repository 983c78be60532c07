-- reads: readings
-- grain: one slot of one judge
-- why: how far totals given in a slot lie from what the same answers get on average; only answers that
--      stood in at least two slots tell anything, and in two orders half of the difference is seen
with
    answers as (
        select
            rater,
            candidate_id,
            avg(total) as mean
        from readings
        group by rater, candidate_id
        having min(slot) < max(slot)
    )
select
    readings.rater,
    readings.slot,
    avg(readings.total - answers.mean) as effect,
    count(*) as n
from readings
join answers using (rater, candidate_id)
group by readings.rater, readings.slot
order by readings.rater, readings.slot
