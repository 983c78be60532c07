-- reads: pair_sides, candidate_keys, raw_candidates, shared_models
-- grain: pair or tie x its chosen, then its rejected answer
-- why: answers are the most of a row; they go from the pulls through one sort to the file, so that no
--      table and no join holds them
with
    named as (
        select
            pair_sides.place,
            pair_sides.side,
            candidate_keys.candidate_id,
            candidate_keys.pull
        from pair_sides
        join candidate_keys using (candidate_no)
    )
select
    named.place,
    raw_candidates.response,
    coalesce(
        shared_models.models,
        list_sort(list_distinct(list_transform(raw_candidates.generations, lambda made: made.model)))
    ) as models
from raw_candidates
join named using (candidate_id, pull)
left join shared_models using (candidate_id)
order by named.place, named.side
