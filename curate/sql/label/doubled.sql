-- reads: asked
-- grain: one task that came twice and that nobody voted on
-- why: an import that was given up may arrive after all, and the prompt was sent again; tasks of one import
--      are of different prompts, so two imports show it. The one with votes stays, else the first
with
    placed as (
        select
            task,
            is_voted,
            row_number() over (
                partition by project, purpose, prompt_id, answer_set
                order by is_voted desc, task
            ) as place
        from asked
        where purpose in ('work', 'qualification')
            and brought_by <> ''
        qualify min(brought_by) over (partition by project, purpose, prompt_id, answer_set)
            <> max(brought_by) over (partition by project, purpose, prompt_id, answer_set)
    )
select task
from placed
where place > 1
    and not is_voted
order by task
