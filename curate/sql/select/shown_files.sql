-- reads: prompts, pool
-- grain: medium of a prompt, by the file that stands for it
-- why: a picture stands for itself and a list of frames for its first one, as in MM-RLHF (C.1); what was
--      kept unread has no file
with
    shown as (
        select
            pool.place,
            unnest(prompts.media) as medium
        from prompts
        join pool using (prompt_id)
    )
select
    place,
    coalesce(medium.file, medium.frames[1]) as file
from shown
