-- reads: live_events, rubric_keys
-- grain: one metric of one rubric_id
-- why: a rubric_id spells its scales as name:min:max, so a journal needs nothing beside it; a source's
--      own overall has its scale in the event; scale_no stands for both names in the rows that follow
with
    live_rubrics as (
        select
            rubric_no,
            bool_or(overall_scale is not null) as has_overall
        from live_events
        where rubric_no is not null
        group by rubric_no
    ),
    known_rubrics as (
        select
            rubric_keys.rubric_id,
            rubric_keys.rubric_no,
            live_rubrics.has_overall
        from live_rubrics
        join rubric_keys using (rubric_no)
    ),
    parts as (
        select
            rubric_id,
            rubric_no,
            unnest(string_split(rubric_id, ',')) as part
        from known_rubrics
    ),
    spelled as (
        select
            rubric_id,
            rubric_no,
            split_part(part, ':', 1) as metric,
            try_cast(split_part(part, ':', 2) as double) as scale_min,
            try_cast(split_part(part, ':', 3) as double) as scale_max
        from parts
        qualify row_number() over (partition by rubric_no, metric order by scale_min, scale_max) = 1
    ),
    with_overall as (
        select * from spelled
        union all
        select
            rubric_id,
            rubric_no,
            'overall' as metric,
            null as scale_min,
            null as scale_max
        from known_rubrics
        where has_overall
            and rubric_id not in (select rubric_id from spelled where metric = 'overall')
    )
select
    (row_number() over (order by rubric_id, metric, scale_min, scale_max))::integer as scale_no,
    *
from with_overall
