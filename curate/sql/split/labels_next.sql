-- reads: labels, prompt_media
-- grain: paired prompt
-- why: one round of taking the smallest label among prompts that share a picture; repeated until no
--      label changes, when labels are connected components
with
    picture_labels as (
        select
            prompt_media.picture,
            min(labels.label) as label
        from prompt_media
        join labels using (prompt_no)
        group by prompt_media.picture
    ),
    smallest as (
        select
            prompt_media.prompt_no,
            min(picture_labels.label) as label
        from prompt_media
        join picture_labels using (picture)
        group by prompt_media.prompt_no
    )
select
    labels.prompt_no,
    least(labels.label, coalesce(smallest.label, labels.label)) as label
from labels
left join smallest using (prompt_no)
