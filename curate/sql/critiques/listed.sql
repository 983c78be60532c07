-- reads: comments
-- grain: comment, in the order it is asked about
-- why: what a comment's name is made of, without texts of others; ids are hashes, so the order is chance
select
    event_id,
    prompt_id,
    candidate_id,
    rationales,
    is_known
from comments
order by prompt_id, candidate_id, event_id
