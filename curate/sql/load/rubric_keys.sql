-- reads: event_log
-- grain: one rubric_id
-- why: a rubric_id spells all its scales and is long, so joins at the grain of ratings go by number
select
    rubric_id,
    (row_number() over (order by rubric_id))::integer as rubric_no
from (
    select distinct rubric_id
    from event_log
    where rubric_id is not null
)
