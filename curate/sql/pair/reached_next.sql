-- reads: reached
-- grain: two answers, the first better than the other through any number of others
-- why: one round: two ways that meet are one, so that the longest way found doubles; repeated until there are
--      no more ways, when all are there
select
    chosen_no,
    rejected_no
from reached
union
select
    one.chosen_no,
    other.rejected_no
from reached as one
join reached as other
    on other.chosen_no = one.rejected_no
