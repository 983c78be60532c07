-- reads: prompt_media, medium_numbers, medium_labels
-- grain: prompt x cluster of media that show the same
-- why: a medium without a look is a cluster by its bytes, or by its path where it is missing
select distinct
    prompt_media.prompt_no,
    coalesce(
        'look:' || coalesce(medium_labels.label, medium_numbers.medium_no),
        prompt_media.medium
    ) as cluster
from prompt_media
left join medium_numbers using (medium)
left join medium_labels
    on medium_labels.node_no = medium_numbers.medium_no
