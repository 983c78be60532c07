-- reads: token_sets, prompt_groups, common_tokens
-- grain: prompt with near ones, and how many of its tokens say something
-- why: short and common questions alone join nothing
with
    listed as (
        select
            token_sets.doc_no,
            prompt_groups.label,
            unnest(token_sets.tokens) as token
        from token_sets
        join prompt_groups
            on prompt_groups.node_no = token_sets.doc_no
    )
select
    listed.doc_no,
    listed.label,
    count(*) as n_tokens
from listed
anti join common_tokens using (token)
group by listed.doc_no, listed.label
