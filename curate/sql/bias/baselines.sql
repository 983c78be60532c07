-- reads: baseline_rows, pair_lengths
-- grain: category, and all of them (null), x cluster of prompts, for the 12 categories with most pairs
-- why: what rules without a look at content would score, ties as halves
with
    rows_of as (
        select
            baseline_rows.*,
            pair_lengths.category
        from baseline_rows
        join pair_lengths using (pair_id)
    ),
    largest as (
        select category
        from rows_of
        group by category
        qualify row_number() over (order by count(*) desc, category) <= 12
    ),
    told as (
        select * exclude (category), null::varchar as category from rows_of
        union all
        select * exclude (category), category from rows_of semi join largest using (category)
    )
select
    category,
    prompt_no % $clusters as cluster,
    sum(1 + longer_says)::bigint as longer_halves,
    2 * count(longer_says) as longer_n,
    coalesce(sum(1 + first_says), 0)::bigint as first_halves,
    2 * count(first_says) as first_n,
    coalesce(sum(1 + model_says), 0)::bigint as model_halves,
    2 * count(model_says) as model_n
from told
group by all
order by all
