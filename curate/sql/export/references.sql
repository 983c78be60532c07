-- reads: asked
-- grain: prompt with a reference answer
-- why: the set's own answers are the paper's baseline for supervised training
select *
from asked
where trim(reference) != ''
order by split, prompt_id
