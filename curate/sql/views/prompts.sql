-- reads: raw_prompts (every pull's prompts, with the pull's folder name)
-- grain: one prompt
-- why: the same prompt may come with several pulls; the first pull by name speaks for it
select * exclude (pull)
from raw_prompts
qualify row_number() over (partition by prompt_id order by pull) = 1
