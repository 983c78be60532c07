-- reads: verdicts
-- grain: pair of answers on which people's word counts
-- why: a benchmark is made of what people said, whatever a judge thinks of the other pairs
select *
from verdicts
where level_no = 1
