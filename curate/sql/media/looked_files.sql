-- reads: medium_files
-- grain: file of the store that is to be looked at
-- why: looks are kept by file
select distinct file
from medium_files
order by file
