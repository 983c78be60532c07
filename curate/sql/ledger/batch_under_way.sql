-- reads: writing
-- grain: the batch that a kill left under way, if any
-- why: what its journal has from there on was written
select
    name,
    start
from writing
