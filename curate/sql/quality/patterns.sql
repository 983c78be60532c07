-- reads: voted_items
-- grain: the same votes of the same raters
-- why: a model of raters needs no more of the items than how many had which votes
select
    (row_number() over (order by codes))::integer as pattern_no,
    codes,
    n_items
from (
    select
        codes,
        count(*) as n_items
    from voted_items
    group by codes
)
