-- reads: dropped
-- grain: one row that left
-- why: drops stand in the source's order, so that the same source gives the same bytes
select * exclude (seq)
from dropped
order by seq
