-- reads: clusters, text_ties, standing
-- grain: prompt that did not leave x what ties it to others
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
semi join standing using (prompt_no)
