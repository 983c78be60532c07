-- reads: suspect_edges, reached
-- grain: preference inside a strongly connected component
-- why: a cycle says nothing of which answer is best, so all of it goes (DESIGN 5.3)
select
    suspect_edges.chosen_no,
    suspect_edges.rejected_no
from suspect_edges
join reached
    on reached.chosen_no = suspect_edges.rejected_no
    and reached.rejected_no = suspect_edges.chosen_no
