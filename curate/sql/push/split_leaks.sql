-- reads: pairs
-- grain: picture, film, prompt or component in more than one split, with the splits
-- why: must return nothing: nothing is trained on and tested with, whatever became of the build's
--      files since its own audit
with
    shown as (
        select prompt_id, split, unnest(media).sha256 as medium
        from pairs
    )
select
    medium as leak,
    list_sort(list_distinct(list(split))) as splits
from shown
where medium is not null
    and $group_by = 'media'
group by medium
having count(distinct split) > 1
union all
select
    prompt_id as leak,
    list_sort(list_distinct(list(split))) as splits
from pairs
group by prompt_id
having count(distinct split) > 1
union all
select
    component as leak,
    list_sort(list_distinct(list(split))) as splits
from pairs
group by component
having count(distinct split) > 1
    and count(distinct prompt_id) > 1
order by leak
