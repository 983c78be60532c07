-- reads: chosen
-- grain: one prompt to sample
-- why: a plan needs of a prompt only what decides whether it can be sent, and which settings matter;
--      a request has one system text before the turns, so a later system turn cannot be sent
with
    turns as (
        select
            prompt_id,
            media,
            list_transform(messages, lambda message: message.role = 'system') as is_system,
            list_transform(
                list_filter(messages, lambda message: message.role = 'system'),
                lambda message: array_length(list_filter(message.parts, lambda part: part.type = 'media'))
            ) as system_media
        from chosen
    ),
    counted as (
        select
            prompt_id,
            media,
            coalesce(array_length(media), 0) as n_media,
            coalesce(list_sum(system_media), 0) as n_system_media,
            array_length(system_media) as n_system,
            list_position(is_system, false) - 1 as n_leading
        from turns
    )
select
    prompt_id,
    flatten(
        list_transform(media, lambda medium: if(medium.file is null, medium.frames, [medium.file]))
    ) as files,
    n_media > 0 as shown,
    list_contains(list_transform(media, lambda medium: medium.kind != 'image'), true) as filmed,
    list_contains(list_transform(media, lambda medium: medium.kind = 'video'), true) as video,
    n_leading > 0 as briefed,
    case
        when list_contains(list_transform(media, lambda medium: medium.sha256 is null), true)
            then 'missing_media'
        when n_system != n_leading or n_system_media > 0
            then 'bad_type'
    end as fault
from counted
order by prompt_id
