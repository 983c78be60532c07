-- reads: prompt_keys, lost_prompts, filtered_prompts, kept_pairs
-- grain: prompt that did not leave
-- why: answers of prompts without a pair are trained on too, so these prompts are split like the others
select
    prompt_keys.prompt_no,
    kept_pairs.prompt_no is not null as paired
from prompt_keys
anti join lost_prompts using (prompt_no)
anti join filtered_prompts using (prompt_id)
left join (select distinct prompt_no from kept_pairs) as kept_pairs using (prompt_no)
