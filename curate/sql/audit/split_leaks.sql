-- reads: prompt_media, splits
-- grain: picture on both sides of a split
-- why: must return nothing: no picture is trained on and tested with
select
    prompt_media.picture,
    count(distinct splits.split) as n_splits
from prompt_media
join splits using (prompt_no)
group by prompt_media.picture
having count(distinct splits.split) > 1
