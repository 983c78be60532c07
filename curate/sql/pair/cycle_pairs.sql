-- reads: suspect_edges
-- grain: preference inside a strongly connected component
-- why: a cycle says nothing of which answer is best, so all of it goes (DESIGN 5.3)
with recursive
    reached as (
        select
            chosen_no,
            rejected_no
        from suspect_edges
        union
        select
            reached.chosen_no,
            suspect_edges.rejected_no
        from reached
        join suspect_edges
            on suspect_edges.chosen_no = reached.rejected_no
    )
select
    suspect_edges.chosen_no,
    suspect_edges.rejected_no
from suspect_edges
join reached
    on reached.chosen_no = suspect_edges.rejected_no
    and reached.rejected_no = suspect_edges.chosen_no
