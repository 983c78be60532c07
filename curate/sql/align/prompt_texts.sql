-- reads: prompts; $prompt_ids
-- grain: prompt of those named
-- why: texts are read a handful of prompts at a time, when their turn comes
select
    prompt_id,
    messages,
    media
from prompts
where prompt_id in (select unnest($prompt_ids))
order by prompt_id
