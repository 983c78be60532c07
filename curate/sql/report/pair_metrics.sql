-- reads: pairs
-- grain: metric that any pair has scores in
-- why: pairs of sources bring metrics of their own
select distinct unnest(map_keys(chosen_scores)) as metric
from pairs
order by metric
