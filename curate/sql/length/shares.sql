-- reads: build_lengths
-- grain: all pairs (place 0), those of a category, and those of all smaller categories together (place 41)
-- why: which answer is the longer, in whole pairs and by weight, and how long the answers are
with
    told as (
        select * exclude (shown_place), 0 as shown_place from build_lengths
        union all
        select * exclude (shown_place), shown_place from build_lengths
    )
select
    shown_place,
    min(category) as category,
    count(distinct category) as n_categories,
    count(*) as n_pairs,
    count(*) filter (chosen_characters > rejected_characters) as n_longer,
    count(*) filter (chosen_characters = rejected_characters) as n_equal,
    coalesce(sum(length_weight) filter (chosen_characters > rejected_characters), 0) as longer_weight,
    sum(length_weight) as weight,
    median(chosen_characters)::double as chosen_characters,
    median(rejected_characters)::double as rejected_characters
from told
group by shown_place
order by shown_place
