-- reads: signatures
-- grain: picture of a benchmark
-- why: numbers below zero tell them from prompts' pictures
select
    -sign_no as picture_no,
    hashes,
    grids,
    width,
    height
from signatures
where hashes is not null
