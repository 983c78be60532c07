-- reads: alike
-- grain: two pictures that look alike
-- why: mirrored says that only one mirrored looks like the other: odd views are mirrored
select
    least(one_no, other_no) as one_no,
    greatest(one_no, other_no) as other_no,
    min(view % 2) = 1 as mirrored
from alike
where sure
group by least(one_no, other_no), greatest(one_no, other_no)
