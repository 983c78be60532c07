-- reads: raw_prompts, prompt_keys
-- grain: one prompt
-- why: the view of the same name without a window over texts: prompt_keys has the pull that speaks
select raw_prompts.* exclude (pull)
from raw_prompts
join prompt_keys
    on prompt_keys.prompt_id = raw_prompts.prompt_id
    and prompt_keys.pull = raw_prompts.pull
