-- reads: text_tokens, answer_sets
-- grain: number of answers
-- why: how often a prompt is asked depends on how many answers it has, and its tokens add up
with
    by_prompt as (
        select
            prompt_no,
            coalesce(sum(tokens) filter (not is_answer), 0) as question_tokens,
            coalesce(sum(tokens) filter (is_answer), 0) as answer_tokens
        from text_tokens
        group by prompt_no
    )
select
    array_length(answer_sets.candidate_ids) as n_answers,
    count(*) as n_prompts,
    sum(by_prompt.question_tokens)::bigint as question_tokens,
    sum(by_prompt.answer_tokens)::bigint as answer_tokens
from by_prompt
join answer_sets using (prompt_no)
group by n_answers
order by n_answers
