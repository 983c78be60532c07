-- reads: raw_prompts, prompt_keys
-- grain: prompt x medium, and prompt x frame where a medium is a list of frames
-- why: what a prompt shows; a medium that is missing is known by its path
with
    shown as (
        select
            prompt_keys.prompt_no,
            unnest(raw_prompts.media) as medium
        from raw_prompts
        join prompt_keys
            on prompt_keys.prompt_id = raw_prompts.prompt_id
            and prompt_keys.pull = raw_prompts.pull
    )
select distinct
    prompt_no,
    coalesce(medium.sha256, 'missing:' || medium.path) as medium
from shown
union
select distinct
    prompt_no,
    unnest(medium.frames) as medium
from shown
