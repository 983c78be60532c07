-- reads: item_sets, prompt_groups
-- grain: word, or run of three, that says little
-- why: it stands in more than one in a hundred groups of near prompts, and in more than five; prompts that
--      are near count once, or a question asked often would be all common words
with
    grouped as (
        select distinct
            coalesce(prompt_groups.label, item_sets.doc_no) as label,
            unnest(item_sets.items) as item
        from item_sets
        left join prompt_groups
            on prompt_groups.node_no = item_sets.doc_no
    ),
    sizes as (
        select count(distinct label) as n_groups
        from grouped
    )
select grouped.item
from grouped
cross join sizes
group by grouped.item, sizes.n_groups
having count(*) > greatest($common_groups, sizes.n_groups // 100)
