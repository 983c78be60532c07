-- reads: prompt_keys, clusters
-- grain: prompt
-- why: two prompts can be one only where they show the same; all prompts without media are of one scope
with
    shown as (
        select
            prompt_no,
            string_agg(cluster, ' ' order by cluster) as shows
        from clusters
        group by prompt_no
    )
select
    prompt_keys.prompt_no,
    dense_rank() over (order by coalesce(shown.shows, '')) as scope
from prompt_keys
left join shown using (prompt_no)
