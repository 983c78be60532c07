-- reads: files_to_look_at, packed_looks
-- grain: file to look at that lies in no shard
-- why: these are opened one by one
select file
from files_to_look_at
anti join packed_looks using (file)
