-- reads: shown_files
-- grain: file of the store that stands for a medium
-- why: only these have to be looked at
select distinct file
from shown_files
where file is not null
order by file
