-- reads: candidates; $prompt_ids
-- grain: answer to a prompt of those named
-- why: as prompt_texts
select
    candidate_id,
    response
from candidates
where prompt_id in (select unnest($prompt_ids))
order by candidate_id
