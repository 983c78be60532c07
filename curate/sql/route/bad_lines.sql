-- reads: raw_events (event_lines, with event_no)
-- grain: line of a journal that is no event
-- why: must return nothing: a vote that cannot be read stops the routing and is never skipped
select event_no
from raw_events
where event_id is null
    or prompt_id is null
    or rater.id is null
    or rater.kind is null
    or rater.kind not in ('human', 'judge', 'source', 'reward_model')
limit 1
