-- reads: placed_answers, asked, kept_texts; $split; $first and $last, a range of prompts
-- grain: answer that did not leave the build
-- why: texts come to what is known of answers a range at a time: sorted whole, they would outgrow memory
select
    asked.* exclude (reference),
    placed_answers.* exclude (prompt_id),
    kept_texts.response,
    kept_texts.origin,
    kept_texts.models
from placed_answers
join asked using (prompt_id)
join kept_texts using (prompt_id, candidate_id)
where asked.split = $split
    and asked.prompt_id >= $first
    and asked.prompt_id < $last
    and placed_answers.prompt_id >= $first
    and placed_answers.prompt_id < $last
    and kept_texts.prompt_id >= $first
    and kept_texts.prompt_id < $last
order by asked.prompt_id, candidate_id
