-- reads: clusters, text_ties, kept_pairs
-- grain: paired prompt x what ties it to others
-- why: a picture, a version of it or a telling text must not be on both sides
with
    ties as (
        select
            prompt_no,
            cluster as tie
        from clusters
        union all
        select
            prompt_no,
            tie
        from text_ties
    )
select distinct
    ties.prompt_no,
    ties.tie
from ties
where ties.prompt_no in (select prompt_no from kept_pairs)
