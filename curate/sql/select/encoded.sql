-- reads: raw_encoded (part files of a cache)
-- grain: text or file that a model has embedded
-- why: two runs at once may both have embedded one
select *
from raw_encoded
qualify row_number() over (partition by key order by embedding) = 1
