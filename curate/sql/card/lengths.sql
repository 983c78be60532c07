-- reads: pairs
-- grain: side x step of length, each half as long again as the one before
-- why: lengths of answers spread over powers, so equal steps of characters would show one bar
with
    sides as (
        select 'chosen' as side, length(chosen) as characters from pairs
        union all
        select 'rejected' as side, length(rejected) as characters from pairs
    )
select
    side,
    floor(ln(greatest(characters, 1)) / ln(1.5))::integer as step,
    count(*) as n
from sides
group by side, step
order by side, step
