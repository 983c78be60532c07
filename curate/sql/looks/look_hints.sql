-- reads: alike, look_edges
-- grain: benchmark's picture and a picture that may be a version of it
-- why: their hashes are near and their grids agree, though not enough to be sure
select distinct
    least(alike.one_no, alike.other_no) as one_no,
    greatest(alike.one_no, alike.other_no) as other_no
from alike
anti join look_edges
    on look_edges.one_no = least(alike.one_no, alike.other_no)
    and look_edges.other_no = greatest(alike.one_no, alike.other_no)
where least(alike.one_no, alike.other_no) < 0
    and greatest(alike.one_no, alike.other_no) > 0
