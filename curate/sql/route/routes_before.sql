-- reads: raw_routes (routes.parquet as it lies, no rows where there is none)
-- grain: prompt of the last routing
-- why: what people were shown, and who was drawn or picked, goes on from there
select
    prompt_id,
    "to",
    rule,
    overlap,
    inclusion_probability,
    candidate_ids,
    frozen
from raw_routes
