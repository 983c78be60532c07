-- reads: packed_media
-- grain: file of a shard that holds one to look at, with its bytes
-- why: executors read such shards whole: choosing among their rows would send all bytes around
select
    file,
    bytes
from packed_media
