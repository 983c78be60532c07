-- reads: asked_texts
-- grain: one prompt to select from
-- why: texts are turned into numbers in one order, so that sums come out the same
select
    place,
    text
from asked_texts
order by place
