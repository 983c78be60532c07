-- reads: routes_before
-- grain: prompt that was drawn for the overlap before
-- why: a drawn prompt's number lies below its threshold, unless it was drawn with another seed
select
    prompt_id,
    (inclusion_probability * 1000000)::bigint * 1000000 as threshold
from routes_before
where overlap
