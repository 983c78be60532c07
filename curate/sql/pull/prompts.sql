-- reads: staged_prompts (as the records gave them, `seq` in the source's order)
-- grain: one prompt
-- why: several records may ask the same question; the first speaks for it, the others fill its gaps
with
    asked_again as (
        select prompt_id
        from staged_prompts
        group by prompt_id
        having count(*) > 1
    ),
    gaps as (
        select
            prompt_id,
            arg_min(reference, seq) filter (where reference is not null) as reference,
            arg_min(source_key, seq) filter (where source_key is not null) as source_key
        from staged_prompts
        semi join asked_again using (prompt_id)
        group by prompt_id
    ),
    attribute_rows as (
        select
            prompt_id,
            seq,
            unnest(map_entries(attributes)) as entry
        from staged_prompts
        semi join asked_again using (prompt_id)
    ),
    attribute_values as (
        select
            prompt_id,
            entry.key as name,
            arg_min(entry.value, seq) as value
        from attribute_rows
        group by prompt_id, entry.key
    ),
    attribute_maps as (
        select
            prompt_id,
            map(list(name order by name), list(value order by name)) as attributes
        from attribute_values
        group by prompt_id
    ),
    first_asked as (
        select *
        from staged_prompts
        qualify row_number() over (partition by prompt_id order by seq) = 1
    )
select
    first_asked.prompt_id,
    first_asked.messages,
    first_asked.media,
    coalesce(first_asked.reference, gaps.reference) as reference,
    first_asked.source,
    coalesce(first_asked.source_key, gaps.source_key) as source_key,
    coalesce(attribute_maps.attributes, first_asked.attributes) as attributes
from first_asked
left join gaps using (prompt_id)
left join attribute_maps using (prompt_id)
