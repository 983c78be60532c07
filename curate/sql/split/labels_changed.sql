-- reads: labels, labels_next
-- grain: one number
-- why: the components are found when no label changes
select count(*)
from labels
join labels_next using (prompt_no)
where labels.label != labels_next.label
