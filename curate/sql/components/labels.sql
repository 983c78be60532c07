-- reads: sides
-- grain: node with an edge
-- why: every node starts with the smallest number among itself and its neighbours
select
    node_no,
    least(node_no, min(neighbour_no)) as label
from sides
group by node_no
