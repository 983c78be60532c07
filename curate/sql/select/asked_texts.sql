-- reads: prompts, pool
-- grain: one prompt to select from
-- why: what users ask, all turns of it; what a system or an assistant says is not what is asked
select
    pool.place,
    array_to_string(
        list_transform(
            list_filter(prompts.messages, lambda message: message.role = 'user'),
            lambda message: array_to_string(
                list_transform(
                    list_filter(message.parts, lambda part: part.type = 'text'),
                    lambda part: part.text
                ),
                ' '
            )
        ),
        ' '
    ) as text
from prompts
join pool using (prompt_id)
