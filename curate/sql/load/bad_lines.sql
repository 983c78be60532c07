-- reads: event_log
-- grain: line of a journal that is no event
-- why: must return nothing: a vote that cannot be read stops the build and is never skipped
select
    event_no,
    event_id
from event_log
where not is_event
order by event_no
