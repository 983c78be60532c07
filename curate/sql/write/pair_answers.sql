-- reads: raw_candidates, candidate_keys, kept_pairs
-- grain: candidate that stands in a pair or tie
-- why: its text, and every model that gave it over all pulls
with
    shown as (
        select chosen_no as candidate_no from kept_pairs
        union
        select rejected_no as candidate_no from kept_pairs
    ),
    shown_keys as (
        select
            candidate_keys.candidate_id,
            candidate_keys.pull
        from candidate_keys
        join shown using (candidate_no)
    ),
    made_by as (
        select
            candidate_id,
            list_sort(list_distinct(list_transform(flatten(list(generations)), lambda made: made.model))) as models
        from raw_candidates
        where candidate_id in (select candidate_id from shown_keys)
        group by candidate_id
    )
select
    raw_candidates.candidate_id,
    raw_candidates.response,
    made_by.models
from raw_candidates
join shown_keys using (candidate_id, pull)
join made_by using (candidate_id)
