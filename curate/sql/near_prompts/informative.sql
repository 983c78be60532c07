-- reads: item_sets, prompt_groups, common_items
-- grain: prompt with near ones, and how many of its words say something
-- why: short and common questions alone join nothing
with
    listed as (
        select
            item_sets.doc_no,
            prompt_groups.label,
            unnest(item_sets.items) as item
        from item_sets
        join prompt_groups
            on prompt_groups.node_no = item_sets.doc_no
    )
select
    listed.doc_no,
    listed.label,
    count(*) as n_tokens
from listed
anti join common_items using (item)
group by listed.doc_no, listed.label
