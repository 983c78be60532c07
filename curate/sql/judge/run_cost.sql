-- reads: run_lines (every line of one judge run)
-- grain: one row
-- why: what was paid for counts, whether the judgement came, failed or was superseded; decimals, so that
--      the sum is exact
select coalesce(sum(coalesce(usage.usd, 0)::decimal(18, 12)), 0) as usd
from run_lines
