-- reads: known
-- grain: one judgement of those named that was asked
-- why: a run that was killed while it collected a batch has some of its results on the disk
select
    request_hash,
    came,
    event_id
from known
where request_hash in (select unnest($keys))
