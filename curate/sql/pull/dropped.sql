-- reads: staged_dropped
-- grain: one row that left
-- why: a prompt that several records repeat is one prompt, and where it leaves it leaves once
select *
from staged_dropped
qualify row_number() over (partition by level, id, reason, detail order by seq) = 1
