-- reads: picture_looks
-- grain: one view of a picture that looks like something
-- why: every view looks for a picture that is the view as a whole; views count from 0, lists from 1
select
    picture_no,
    hashes[$look_view + 1] as hash,
    $look_view as view
from picture_looks
where hashes is not null
