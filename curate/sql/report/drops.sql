-- reads: dropped
-- grain: step x level x reason
-- why: the manifest counts reasons over all levels of a step, and a funnel is of one; at the door a row is a
--      vote where it names an answer, else a line of a source, which no vote was read from
with
    told as (
        select
            step,
            case
                when step = 'pull' and level = 'row' and not regexp_full_match(id, '[0-9a-f]{32}') then 'line'
                else level
            end as level,
            reason
        from dropped
    )
select
    step,
    level,
    reason,
    count(*) as n
from told
group by step, level, reason
order by step, level, n desc, reason
