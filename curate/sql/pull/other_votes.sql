-- reads: staged_votes (another workspace's journal lines beside its pulls'), raw_events
-- grain: one event that this workspace does not have
-- why: votes are taken in by id, so that taking a workspace in twice adds nothing
select
    event_id,
    line
from staged_votes
anti join raw_events using (event_id)
qualify row_number() over (partition by event_id order by seq) = 1
order by seq
