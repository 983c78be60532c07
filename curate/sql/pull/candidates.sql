-- reads: staged_candidates (as the records gave them, `seq` in the source's order)
-- grain: one candidate
-- why: the same answer of two models is one candidate with the generations of both (DESIGN 4)
with
    given_again as (
        select candidate_id
        from staged_candidates
        group by candidate_id
        having count(*) > 1
    ),
    gaps as (
        select
            candidate_id,
            min(origin) as origin,
            list_distinct(flatten(list(generations))) as generations,
            arg_min(source_key, seq) filter (where source_key is not null) as source_key
        from staged_candidates
        semi join given_again using (candidate_id)
        group by candidate_id
    ),
    attribute_rows as (
        select
            candidate_id,
            seq,
            unnest(map_entries(attributes)) as entry
        from staged_candidates
        semi join given_again using (candidate_id)
    ),
    attribute_values as (
        select
            candidate_id,
            entry.key as name,
            arg_min(entry.value, seq) as value
        from attribute_rows
        group by candidate_id, entry.key
    ),
    attribute_maps as (
        select
            candidate_id,
            map(list(name order by name), list(value order by name)) as attributes
        from attribute_values
        group by candidate_id
    ),
    first_given as (
        select *
        from staged_candidates
        qualify row_number() over (partition by candidate_id order by seq) = 1
    )
select
    first_given.prompt_id,
    first_given.candidate_id,
    first_given.response,
    coalesce(gaps.origin, first_given.origin) as origin,
    list_sort(coalesce(gaps.generations, first_given.generations)) as generations,
    first_given.source,
    coalesce(first_given.source_key, gaps.source_key) as source_key,
    coalesce(attribute_maps.attributes, first_given.attributes) as attributes
from first_given
left join gaps using (candidate_id)
left join attribute_maps using (candidate_id)
