-- reads: asked_prompts
-- grain: one prompt of those named
-- why: the bounds let the engine pass over all blocks but the ones that hold them
select *
from asked_prompts
where prompt_id between $first and $last
    and prompt_id in (select unnest($prompt_ids))
