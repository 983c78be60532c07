-- reads: mark_pairs
-- grain: cluster of prompts x level x two steps of the scale
-- why: Krippendorff's coincidences, of which the ordinal alpha is made; a mean of several events counts as
--      the nearest step
select
    cluster_no,
    one_level_no as level_no,
    round(one_score)::integer as one_step,
    round(other_score)::integer as other_step,
    sum(weight) as weight
from mark_pairs
where weight is not null
group by all
