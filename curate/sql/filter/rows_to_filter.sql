-- reads: filter_rows
-- grain: prompt, candidate or pair that a predicate is asked of
-- why: where the engine is not DuckDB, predicates are asked batch by batch by DuckDB all the same
select *
from filter_rows
