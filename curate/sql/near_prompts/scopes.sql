-- reads: prompt_keys, clusters
-- grain: prompt
-- why: two prompts can be one only where they show the same; a scope is named by its first prompt, and all
--      prompts without media are of one
with
    shown as (
        select
            prompt_no,
            array_to_string(list_sort(list(cluster)), ' ') as shows
        from clusters
        group by prompt_no
    ),
    showing as (
        select
            prompt_keys.prompt_no,
            coalesce(shown.shows, '') as shows
        from prompt_keys
        left join shown using (prompt_no)
    ),
    scopes as (
        select
            shows,
            min(prompt_no)::bigint as scope
        from showing
        group by shows
    )
select
    showing.prompt_no,
    scopes.scope
from showing
join scopes using (shows)
