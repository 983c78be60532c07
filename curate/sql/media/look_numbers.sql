-- reads: looks, medium_files
-- grain: picture, or frame of a video, that looks like something
-- why: numbers follow the files' names, so that a build does not depend on the order of looking
select
    (row_number() over (order by file, frame))::bigint as picture_no,
    file,
    frame,
    hashes,
    grids,
    width,
    height
from (
    select *
    from looks
    where hashes is not null
        and file in (select file from medium_files)
    qualify row_number() over (partition by file, frame order by width) = 1
)
