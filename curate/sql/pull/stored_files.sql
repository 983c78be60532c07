-- reads: copied_prompts
-- grain: one file of the media store
-- why: a pull that is copied brings the files its prompts point to
with
    shown as (
        select unnest(media) as medium
        from copied_prompts
    )
select distinct
    unnest(list_concat(if(medium.file is null, [], [medium.file]), medium.frames)) as file
from shown
order by file
