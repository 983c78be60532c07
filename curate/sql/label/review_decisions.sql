-- reads: events
-- grain: vote that an expert judged
-- why: the last word counts; a word on a vote that was edited or taken back since is about nothing
select
    reviews,
    event_id,
    list_contains(flags, 'returned') as is_returned,
    coalesce(rationale, '') as note,
    reviews in (select event_id from events where reviews is null) as is_live
from events
where reviews is not null
qualify row_number() over (partition by reviews order by "at" desc, event_id) = 1
order by reviews
