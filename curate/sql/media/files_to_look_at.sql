-- reads: medium_files, known_looks
-- grain: file that was never looked at
-- why: a look depends on the bytes alone, so what was looked at once is not again
select distinct medium_files.file
from medium_files
anti join known_looks using (file)
