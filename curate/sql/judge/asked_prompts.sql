-- reads: raw_prompts, judge_prompts
-- grain: one prompt that is to be judged
-- why: texts are read prompt by prompt in the order of ids, so they are sorted once
select
    prompt_id,
    messages,
    media,
    case when $use_reference then reference end as reference
from raw_prompts
semi join (select * from judge_prompts where prompt_id >= $first) as wanted using (prompt_id)
qualify row_number() over (partition by prompt_id order by pull) = 1
order by prompt_id
