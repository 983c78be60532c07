-- reads: prompt_media, splits, prompt_labels
-- grain: picture, or group of prompts that leak into each other, in two splits or two components
-- why: must return nothing: nothing is trained on and tested with, and a component is whole, since what is
--      cross-fitted is cut by components
select
    prompt_media.medium as leak,
    count(distinct splits.split) as n_splits,
    count(distinct splits.label) as n_components
from prompt_media
join splits using (prompt_no)
where $group_by = 'media'
group by prompt_media.medium
having count(distinct splits.split) > 1
    or count(distinct splits.label) > 1
union all
select
    prompt_labels.label::varchar as leak,
    count(distinct splits.split) as n_splits,
    count(distinct splits.label) as n_components
from prompt_labels
join splits
    on splits.prompt_no = prompt_labels.node_no
group by prompt_labels.label
having count(distinct splits.split) > 1
    or count(distinct splits.label) > 1
union all
select
    label::varchar as leak,
    count(distinct split) as n_splits,
    1 as n_components
from splits
group by label
having count(distinct split) > 1
