-- reads: suspect_edges
-- grain: two answers, one better than the other
-- why: where the search for ways through several preferences starts
select distinct
    chosen_no,
    rejected_no
from suspect_edges
