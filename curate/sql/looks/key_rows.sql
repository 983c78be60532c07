-- reads: picture_looks
-- grain: one picture that looks like something
-- why: pictures are found by the hash of the whole
select
    picture_no,
    hashes[1] as hash
from picture_looks
where hashes is not null
