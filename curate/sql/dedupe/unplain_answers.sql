-- reads: raw_candidates
-- grain: answer that may differ from its normal form (NFC, outer space stripped, case kept)
-- why: answers of one prompt have different ids, so two can only be equal where the normal form changed
--      one of them; plain ASCII without outer space never changes
select
    candidate_id,
    prompt_id,
    response
from raw_candidates
where strlen(response) != length(response)
    or contains($outer_space, left(response, 1))
    or contains($outer_space, right(response, 1))
