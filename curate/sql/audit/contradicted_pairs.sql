-- reads: kept_pairs
-- grain: two answers that stand in two rows
-- why: must return nothing: two answers are compared once, so no pair is there in both directions
select
    least(chosen_no, rejected_no) as one_no,
    greatest(chosen_no, rejected_no) as other_no
from kept_pairs
group by all
having count(*) > 1
