-- reads: asked, tasks
-- grain: one prompt that people were asked to vote on as work
-- why: what the server had and what this push added; the same prompt under other answers is one more
--      task, and the most raters of one task are what is wanted
with
    found as (
        select
            prompt_id,
            raters
        from asked
        where purpose = 'work'
        union all
        select
            prompt_id,
            raters
        from tasks
        where $purpose = 'work'
    )
select
    prompt_id,
    max(raters)::integer as raters
from found
group by prompt_id
order by prompt_id
