-- reads: kept_pairs, splits
-- grain: split
-- why: pairs a split has
select
    splits.split,
    count(*) as n
from kept_pairs
join splits using (prompt_no)
where kept_pairs.target = 'pairs'
group by splits.split
order by splits.split
