-- reads: asked_answers
-- grain: one answer to a prompt of those named
-- why: as prompt_texts
select *
from asked_answers
where prompt_id between $first and $last
    and prompt_id in (select unnest($prompt_ids))
