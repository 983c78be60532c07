-- reads: labels, sides
-- grain: node with an edge
-- why: one round: the smallest label among the neighbours, and then the label of the node of that number,
--      which halves the way (Shiloach and Vishkin 1982); repeated until no label changes, when labels are
--      connected components
with
    reached as (
        select
            sides.node_no,
            min(labels.label) as label
        from sides
        join labels
            on labels.node_no = sides.neighbour_no
        group by sides.node_no
    ),
    lowered as (
        select
            labels.node_no,
            least(labels.label, reached.label) as label
        from labels
        join reached using (node_no)
    )
select
    lowered.node_no,
    coalesce(labels.label, lowered.label) as label
from lowered
left join labels
    on labels.node_no = lowered.label
