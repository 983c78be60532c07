-- reads: item_sets, prompt_groups, common_items
-- grain: prompt with near ones, and how many of its words say something
-- why: short and common questions alone join nothing; words are counted before their prompt's group is looked
--      up: grouping by a column of a join behind an unnest, DuckDB 2.0 may stop with an internal error
with
    listed as (
        select
            item_sets.doc_no,
            unnest(item_sets.items) as item
        from item_sets
        semi join prompt_groups
            on prompt_groups.node_no = item_sets.doc_no
    ),
    counted as (
        select
            listed.doc_no,
            count(*) as n_tokens
        from listed
        anti join common_items using (item)
        group by listed.doc_no
    )
select
    counted.doc_no,
    prompt_groups.label,
    counted.n_tokens
from counted
join prompt_groups
    on prompt_groups.node_no = counted.doc_no
