-- reads: survivors, near_losses
-- grain: answer that is dropped, with the one that stands for it
-- why: an exact copy of an answer that is dropped as a near one goes on to where that one went
select
    survivors.candidate_no,
    coalesce(near_losses.survivor_no, survivors.survivor_no) as survivor_no
from survivors
left join near_losses
    on near_losses.candidate_no = survivors.survivor_no
union all
select
    candidate_no,
    survivor_no
from near_losses
