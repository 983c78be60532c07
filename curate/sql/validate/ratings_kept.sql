-- reads: rating_rows, double_labels
-- grain: live event x candidate x metric, without fault
-- why: what scores and pairs are made of
select
    event_no,
    candidate_no,
    scale_no,
    value_units
from rating_rows
anti join double_labels using (event_no, candidate_no)
where fault is null
