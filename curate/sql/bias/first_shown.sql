-- reads: shown_pairs
-- grain: level x cluster of prompts
-- why: where order is drawn by chance, the answer shown earlier wins half of the pairs that are decided
select
    case level_no when 1 then 'human' when 2 then 'judge' else 'source' end as part,
    prompt_no % $clusters as cluster,
    count(*) filter (first_wins > 0) as counted,
    count(*) as n
from shown_pairs
where first_wins != 0
group by all
order by all
