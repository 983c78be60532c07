-- reads: pairs
-- grain: one row
-- why: the audit of the build counted again, by ids and bytes alone, in what is published
with
    placed as (
        select prompt_id as thing, split from pairs
        union
        select unnest(media).sha256 as thing, split from pairs
    )
select count(*) as leaks
from (
    select thing
    from placed
    where thing is not null
    group by thing
    having count(distinct split) > 1
)
