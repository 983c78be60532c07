-- reads: informative, clusters
-- grain: prompt x group of near-identical prompts that ties it to others
-- why: a text seen with many pictures is a common instruction and no sign of a leak (DESIGN 5.8)
with
    telling as (
        select
            doc_no as prompt_no,
            label
        from informative
        where n_tokens >= $informative_tokens
    ),
    spread as (
        select
            telling.label,
            count(distinct clusters.cluster) as n_clusters
        from telling
        left join clusters using (prompt_no)
        group by telling.label
    )
select
    telling.prompt_no,
    'text:' || telling.label as tie
from telling
join spread using (label)
where spread.n_clusters <= $most_clusters
