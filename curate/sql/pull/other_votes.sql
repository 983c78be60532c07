-- reads: other_votes (another workspace's events beside its pulls'), raw_events
-- grain: one event that this workspace does not have
-- why: votes are taken in by id, so that taking a workspace in twice adds nothing
select distinct event_id
from other_votes
anti join raw_events using (event_id)
order by event_id
