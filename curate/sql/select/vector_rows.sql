-- reads: vector_parts
-- grain: one embedding of a prompt, or of one of its pictures
-- why: in one order, so that means come out the same
select
    place,
    embedding,
    fault
from vector_parts
order by place, part
