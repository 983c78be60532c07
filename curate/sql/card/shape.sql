-- reads: pairs
-- grain: one row
-- why: what a reader asks of the pairs as a whole
with
    models as (
        select unnest(chosen_models) as model from pairs
        union
        select unnest(rejected_models) as model from pairs
    )
select
    count(distinct prompt_id) as prompts,
    count(distinct prompt_id) filter (len(media) > 0) as with_media,
    count(*) filter (n_raters = 1) as one_rater,
    count(*) filter (margin_raw is null) as no_margin,
    count(*) filter (delta_source = 'calibration') as scaled,
    (select count(*) from models where model <> '') as models
from pairs
