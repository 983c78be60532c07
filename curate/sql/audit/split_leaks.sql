-- reads: prompt_media, splits, prompt_labels
-- grain: picture, or group of prompts that leak into each other, on both sides of a split
-- why: must return nothing: nothing is trained on and tested with
select
    prompt_media.medium as leak,
    count(distinct splits.split) as n_splits
from prompt_media
join splits using (prompt_no)
where $group_by = 'media'
group by prompt_media.medium
having count(distinct splits.split) > 1
union all
select
    prompt_labels.label::varchar as leak,
    count(distinct splits.split) as n_splits
from prompt_labels
join splits
    on splits.prompt_no = prompt_labels.node_no
group by prompt_labels.label
having count(distinct splits.split) > 1
