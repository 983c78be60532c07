-- reads: prompt_sets, prompt_groups
-- grain: run of three words that says little
-- why: as near_prompts/common_tokens
with
    grouped as (
        select distinct
            coalesce(prompt_groups.label, prompt_sets.doc_no) as label,
            unnest(prompt_sets.shingles) as shingle
        from prompt_sets
        left join prompt_groups
            on prompt_groups.node_no = prompt_sets.doc_no
    ),
    sizes as (
        select count(distinct label) as n_groups
        from grouped
    )
select grouped.shingle
from grouped
cross join sizes
group by grouped.shingle, sizes.n_groups
having count(*) > greatest($common_groups, sizes.n_groups // 100)
