-- reads: token_answers, raw_candidates, raw_prompts
-- grain: answer whose tokens are counted
-- why: prompt and answer together, since a tokenizer reads over the seam between them
select
    token_answers.candidate_no,
    raw_prompts.messages,
    raw_prompts.media,
    raw_candidates.response
from raw_candidates
join token_answers
    on token_answers.candidate_id = raw_candidates.candidate_id
    and token_answers.pull = raw_candidates.pull
join raw_prompts
    on raw_prompts.prompt_id = token_answers.prompt_id
    and raw_prompts.pull = token_answers.prompt_pull
