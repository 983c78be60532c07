-- reads: shown_files, looks (curate/near/looks.py)
-- grain: medium of a prompt that looks like something
-- why: the first frame of a video file speaks for it
with
    first_looks as (
        select
            file,
            hashes,
            grids
        from looks
        where hashes is not null
            and frame = 0
        qualify row_number() over (partition by file order by width) = 1
    )
select
    shown_files.place,
    first_looks.hashes[1] as bits,
    first_looks.grids
from shown_files
join first_looks using (file)
order by shown_files.place, shown_files.file
