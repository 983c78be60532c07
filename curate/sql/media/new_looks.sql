-- reads: packed_looks, loose_looks, files_to_look_at
-- grain: picture, or frame of a video, looked at for the first time
-- why: a shard that is read whole has others too
select packed_looks.*
from packed_looks
semi join files_to_look_at using (file)
union all
select *
from loose_looks
