-- reads: raw_prompts, prompt_facts
-- grain: prompt, as a rule sees it
-- why: the first pull by name speaks for a prompt, as in every view; question is the text of the last
--      user turn, characters counts the texts of all turns
select
    raw_prompts.* exclude (pull),
    array_length(raw_prompts.messages) as n_turns,
    array_length(raw_prompts.media) as n_media,
    array_length(list_filter(raw_prompts.media, lambda medium: medium.kind = 'image')) as n_images,
    array_to_string(
        list_transform(
            list_filter(raw_prompts.messages[-1].parts, lambda part: part.type = 'text'),
            lambda part: part.text
        ),
        ' '
    ) as question,
    list_sum(
        list_transform(
            raw_prompts.messages,
            lambda message: coalesce(list_sum(list_transform(message.parts, lambda part: length(part.text))), 0)
        )
    )::bigint as characters,
    prompt_facts.* exclude (prompt_id, pull)
from raw_prompts
join prompt_facts
    on prompt_facts.prompt_id = raw_prompts.prompt_id
    and prompt_facts.pull = raw_prompts.pull
