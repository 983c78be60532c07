-- reads: run_lines (every line of one judge run)
-- grain: one failure reason, null for what came
-- why: what a run did, whatever was put right since
select
    failure.reason as reason,
    count(*) as n
from run_lines
group by reason
order by reason
