-- reads: unread_benchmarks
-- grain: benchmark x reason
-- why: what could not be read of a benchmark cannot have been found
select
    benchmark,
    reason,
    n_rows
from unread_benchmarks
order by benchmark, reason
