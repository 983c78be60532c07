-- reads: raw_prompts, prompt_keys, near_sketches
-- grain: benchmark's row with words in it
-- why: a row is named as its source names it
select
    coalesce(raw_prompts.source_key, raw_prompts.prompt_id) as "row",
    near_sketches.shingles,
    null::bigint[] as hashes,
    null::blob as grids,
    null::integer as width,
    null::integer as height
from raw_prompts
join prompt_keys using (prompt_id, pull)
join near_sketches
    on near_sketches.doc_no = prompt_keys.prompt_no
where array_length(near_sketches.shingles) > 0
order by "row"
