-- reads: events
-- grain: one metric of one rubric_id
-- why: a rubric_id spells its scales as name:min:max, so a journal needs nothing beside it
with
    rubric_parts as (
        select
            rubric_id,
            unnest(string_split(rubric_id, ',')) as part
        from (select distinct rubric_id from events where rubric_id is not null)
    )
select
    rubric_id,
    split_part(part, ':', 1) as metric,
    try_cast(split_part(part, ':', 2) as decimal(18, 6)) as scale_min,
    try_cast(split_part(part, ':', 3) as decimal(18, 6)) as scale_max
from rubric_parts
