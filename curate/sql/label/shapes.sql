-- reads: fresh, gold, raw_prompts
-- grain: prompt that may go out
-- why: prompts of one shape share a page, so gold is mixed among work of its own shape
with
    asked_about as (
        select prompt_id from fresh
        union
        select prompt_id from gold
    ),
    media as (
        select
            raw_prompts.prompt_id,
            raw_prompts.media
        from raw_prompts
        semi join asked_about using (prompt_id)
        qualify row_number() over (partition by raw_prompts.prompt_id order by raw_prompts.pull) = 1
    )
select
    prompt_id,
    least(
        coalesce(
            list_sum(
                list_transform(
                    media,
                    lambda it: case
                        when it.kind = 'image' and it.file is not null then 1
                        when it.kind = 'frames' then array_length(it.frames)
                        else 0
                    end
                )
            ),
            0
        ),
        $many_pictures
    )::integer as pictures,
    array_length(list_filter(media, lambda it: it.kind = 'video' and it.file is not null))::integer as videos
from media
