-- reads: raw_candidates, kept_pairs
-- grain: candidate that stands in a pair or tie
-- why: its text and every model that gave it
select
    candidate_id,
    min(response) as response,
    list_sort(list_distinct(list_transform(flatten(list(generations)), lambda made: made.model))) as models
from raw_candidates
where candidate_id in (
    select chosen_id from kept_pairs
    union
    select rejected_id from kept_pairs
)
group by candidate_id
