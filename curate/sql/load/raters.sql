-- reads: event_log
-- grain: one rater
-- why: votes are joined over raters, whatever version a judge reported that day
select
    rater_kind,
    rater,
    case rater_kind when 'human' then 1 when 'judge' then 2 when 'source' then 3 else 4 end::tinyint as level_no,
    (row_number() over (order by rater_kind, rater))::integer as rater_no
from (
    select distinct
        rater_kind,
        rater
    from event_log
)
