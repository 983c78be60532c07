-- reads: prompts
-- grain: prompt, as a filter sees it
-- why: question is the text of the last user turn, n_answers what a prompt filter asks for most
select
    prompts.*,
    array_length(prompts.messages) as n_turns,
    array_length(prompts.media) as n_media,
    array_to_string(
        list_transform(
            list_filter(prompts.messages[-1].parts, lambda part: part.type = 'text'),
            lambda part: part.text
        ),
        ' '
    ) as question,
    coalesce(answers.n_answers, 0) as n_answers
from prompts
left join (
    select
        prompt_id,
        count(*) as n_answers
    from candidates
    group by prompt_id
) as answers
    using (prompt_id)
