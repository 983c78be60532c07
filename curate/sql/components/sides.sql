-- reads: component_edges
-- grain: one edge from one of its ends
-- why: a node sees its neighbours from both sides
select
    one_no as node_no,
    other_no as neighbour_no
from component_edges
union
select
    other_no as node_no,
    one_no as neighbour_no
from component_edges
