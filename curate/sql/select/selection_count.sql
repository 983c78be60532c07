-- reads: raw_prompts, selected
-- grain: one row
-- why: prompts may have come or gone since they were selected
with
    known as (
        select distinct prompt_id
        from raw_prompts
    )
select
    (select count(*) from known semi join selected using (prompt_id)) as n_selected,
    count(*) as n_prompts
from known
