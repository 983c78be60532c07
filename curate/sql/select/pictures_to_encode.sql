-- reads: shown_files, encoded (what the cache has)
-- grain: a file that was never embedded
-- why: as texts_to_encode
select distinct file as key
from shown_files
anti join encoded
    on encoded.key = shown_files.file
where file is not null
order by key
