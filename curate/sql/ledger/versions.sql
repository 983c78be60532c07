-- reads: entries
-- grain: an annotation on the server as far as is known, and the time of its last edit
-- why: what is on the server in another version was not pulled, nor what waits for its prompt
select
    vote_id,
    version
from entries
where latest
    and here
    and waits is null
