-- reads: dropped
-- grain: reason
-- why: every row that left is counted by its reason
select
    reason,
    count(*) as n
from dropped
group by reason
order by reason
