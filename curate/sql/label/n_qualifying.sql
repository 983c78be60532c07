-- reads: asked
-- grain: one row: prompts that qualify annotators and that the server has tasks of
-- why: a qualification is filled up to the number that is wanted
select count(distinct prompt_id) as prompts
from asked
where purpose = 'qualification'
