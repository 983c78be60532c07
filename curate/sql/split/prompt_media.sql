-- reads: raw_prompts, prompt_keys, kept_pairs
-- grain: paired prompt x picture
-- why: what ties prompts together; a picture that is missing is known by its path
with
    paired as (
        select distinct prompt_no
        from kept_pairs
    ),
    shown as (
        select
            prompt_keys.prompt_no,
            unnest(raw_prompts.media) as medium
        from raw_prompts
        join prompt_keys
            on prompt_keys.prompt_id = raw_prompts.prompt_id
            and prompt_keys.pull = raw_prompts.pull
        where prompt_keys.prompt_no in (select prompt_no from paired)
    )
select distinct
    prompt_no,
    coalesce(medium.sha256, 'missing:' || medium.path) as picture
from shown
union
select distinct
    prompt_no,
    unnest(medium.frames) as picture
from shown
