-- reads: fresh, raw_prompts, raw_candidates
-- grain: one prompt of fresh, with its answers
-- why: texts are read for what is sent, in the order of ids, so that memory stays flat
with
    prompts as (
        select
            prompt_id,
            messages,
            media,
            reference,
            source
        from raw_prompts
        semi join fresh using (prompt_id)
        qualify row_number() over (partition by prompt_id order by pull) = 1
    ),
    answers as (
        select
            prompt_id,
            list(
                {
                    'prompt_id': prompt_id,
                    'candidate_id': candidate_id,
                    'response': response,
                    'source': source
                }
                order by candidate_id
            ) as candidates
        from (
            select
                raw_candidates.prompt_id,
                raw_candidates.candidate_id,
                any_value(raw_candidates.response) as response,
                any_value(raw_candidates.source) as source
            from raw_candidates
            join fresh using (prompt_id)
            where list_contains(string_split(fresh.answer_set, ' '), raw_candidates.candidate_id)
            group by raw_candidates.prompt_id, raw_candidates.candidate_id
        )
        group by prompt_id
    )
select
    prompts.*,
    fresh.raters,
    answers.candidates
from fresh
join prompts using (prompt_id)
join answers using (prompt_id)
order by fresh.prompt_id
