-- reads: medium_looks
-- grain: medium that looks like something
-- why: n_looks is how many different pictures it shows
select
    medium,
    (row_number() over (order by medium))::bigint as medium_no,
    count(*) as n_looks
from medium_looks
group by medium
