-- reads: staged_prompts, prompts
-- grain: one row
-- why: records that repeat a prompt are merged, and whoever pulled them wants to know
select (select count(*) from staged_prompts) - (select count(*) from prompts) as n
