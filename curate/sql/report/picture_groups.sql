-- reads: look_numbers, look_labels, medium_files, prompts
-- grain: group of pictures that look alike, the largest first
-- why: frames of one video look alike by nature, so a group is of files that prompts show as pictures
with
    shown as (
        select
            prompt_id,
            unnest(media) as medium
        from prompts
    ),
    pictures as (
        select distinct
            look_labels.label,
            look_numbers.file
        from look_labels
        join look_numbers
            on look_numbers.picture_no = look_labels.node_no
        where look_numbers.file in (select medium.file from shown where medium.kind = 'image')
    ),
    asked as (
        select
            pictures.label,
            count(distinct shown.prompt_id) as n_prompts
        from pictures
        join shown
            on shown.medium.file = pictures.file
        group by pictures.label
    )
select
    pictures.label,
    list_sort(list(pictures.file)) as files,
    any_value(asked.n_prompts) as n_prompts
from pictures
join asked using (label)
group by pictures.label
having count(*) > 1
order by count(*) desc, min(pictures.file)
