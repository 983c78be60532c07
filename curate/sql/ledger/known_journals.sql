-- reads: journals
-- grain: a journal whose events are known
-- why: files of the same names and sizes hold the same events
select
    name,
    size
from journals
