-- reads: kept_pairs
-- grain: one row
-- why: how many pairs judges alone decided, which is what a judge that is not proven costs
select count(*) as n_pairs
from kept_pairs
where target = 'pairs'
    and level_no = 2
