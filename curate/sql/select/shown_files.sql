-- reads: prompts, pool
-- grain: medium of a prompt, by the file that stands for it
-- why: a picture stands for itself and a video for its first frame, as in MM-RLHF (C.1); what was kept
--      unread has no file
with
    shown as (
        select
            pool.place,
            prompts.media,
            unnest(generate_series(1, array_length(prompts.media))) as medium_no
        from prompts
        join pool using (prompt_id)
        where array_length(prompts.media) > 0
    )
select
    place,
    medium_no,
    coalesce(media[medium_no].file, media[medium_no].frames[1]) as file
from shown
