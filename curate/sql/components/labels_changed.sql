-- reads: labels, labels_next
-- grain: one number
-- why: the components are found when no label changes
select count(*)
from labels
join labels_next using (node_no)
where labels.label != labels_next.label
