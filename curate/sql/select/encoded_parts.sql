-- reads: text_keys, shown_files, encoded
-- grain: prompt whose text is embedded, and medium of a prompt where the model reads pictures
-- why: a prompt with pictures is embedded by them alone, as in MM-RLHF (C.1)
select
    text_keys.place,
    text_keys.key as part,
    encoded.embedding,
    encoded.fault
from text_keys
left join encoded using (key)
union all
select
    shown_files.place,
    shown_files.file as part,
    encoded.embedding,
    case when encoded.key is null then 'missing' else encoded.fault end as fault
from shown_files
left join encoded
    on encoded.key = shown_files.file
where $of_pictures
