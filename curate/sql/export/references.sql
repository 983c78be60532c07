-- reads: asked; $split; $first and $last, a range of prompts
-- grain: prompt with a reference answer
-- why: the set's own answers are the paper's baseline for supervised training
select *
from asked
where trim(reference) != ''
    and split = $split
    and prompt_id >= $first
    and prompt_id < $last
order by prompt_id
