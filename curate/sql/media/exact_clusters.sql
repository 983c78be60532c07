-- reads: prompt_media
-- grain: prompt x medium
-- why: where nothing was looked at, a cluster is what has the same bytes
select
    prompt_no,
    medium as cluster
from prompt_media
