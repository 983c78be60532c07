-- reads: raw_prompts
-- grain: medium x file of the store it consists of
-- why: a picture is one file, a list of frames several; a video file is looked at frame by frame
with
    shown as (
        select unnest(media) as medium
        from raw_prompts
    )
select distinct
    medium.sha256 as medium,
    medium.file as file
from shown
where medium.file is not null
    and medium.sha256 is not null
union
select distinct
    medium.sha256 as medium,
    unnest(medium.frames) as file
from shown
where medium.sha256 is not null
