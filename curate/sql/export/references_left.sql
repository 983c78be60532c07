-- reads: asked
-- grain: one row: prompts without a reference answer
-- why: a set that has few of them is trained on little, and is told to be
select count(*) as left_out
from asked
where trim(coalesce(reference, '')) = ''
