-- reads: nothing
-- grain: no row
-- why: without [[decontaminate]] no benchmark's pictures are looked for
select
    null::bigint as picture_no,
    null::bigint[] as hashes,
    null::blob as grids,
    null::integer as width,
    null::integer as height
where false
