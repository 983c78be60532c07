-- reads: raw_candidates (every pull's candidates, with the pull's folder name)
-- grain: one candidate
-- why: the same answer from two pulls is one candidate with the generations of both
with
    made_by as (
        select
            candidate_id,
            list_sort(list_distinct(flatten(list(generations)))) as generations
        from raw_candidates
        group by candidate_id
    ),
    first_seen as (
        select *
        from raw_candidates
        qualify row_number() over (partition by candidate_id order by pull) = 1
    )
select
    first_seen.prompt_id,
    first_seen.candidate_id,
    first_seen.response,
    first_seen.origin,
    made_by.generations,
    first_seen.source,
    first_seen.source_key,
    first_seen.attributes
from first_seen
join made_by using (candidate_id)
