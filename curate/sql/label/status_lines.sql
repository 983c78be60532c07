-- reads: raw_events (of every journal what the figures need)
-- grain: line of a journal that is a person's, a source's, or no event
-- why: journals are parsed once, and judges' lines are most of them
select *
from raw_events
where rater.kind is null
    or rater.kind not in ('judge', 'reward_model')
