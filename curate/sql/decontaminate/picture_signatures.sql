-- reads: raw_prompts, looks
-- grain: benchmark's row x picture or frame of it that looks like something
-- why: a row is named as its source names it
with
    shown as (
        select
            coalesce(source_key, prompt_id) as "row",
            unnest(media) as medium
        from raw_prompts
    ),
    shown_files as (
        select
            "row",
            medium.file as file
        from shown
        union
        select
            "row",
            unnest(medium.frames) as file
        from shown
    )
select
    shown_files."row",
    null::bigint[] as shingles,
    looks.hashes,
    looks.grids,
    looks.width,
    looks.height
from shown_files
join looks using (file)
where looks.hashes is not null
order by shown_files."row", looks.file, looks.frame
