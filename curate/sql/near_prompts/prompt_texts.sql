-- reads: raw_prompts, prompt_keys
-- grain: prompt
-- why: all that is said in it, its turns one after the other
select
    prompt_keys.prompt_no::bigint as doc_no,
    0::bigint as scope,
    array_to_string(
        list_transform(
            raw_prompts.messages,
            lambda message: array_to_string(
                list_transform(message.parts, lambda part: coalesce(part.text, '')), ' '
            )
        ),
        ' '
    ) as text
from raw_prompts
join prompt_keys using (prompt_id, pull)
