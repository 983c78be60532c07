-- reads: candidates, prompts
-- grain: candidate, as a filter sees it
-- why: models and characters are what is asked of an answer most; its prompt's attributes stand beside its own
select
    candidates.*,
    list_transform(candidates.generations, lambda made: made.model) as models,
    length(candidates.response) as characters,
    prompts.attributes as prompt_attributes
from candidates
join prompts using (prompt_id)
