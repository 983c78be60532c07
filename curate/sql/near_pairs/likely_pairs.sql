-- reads: kept_pairs, answer_labels
-- grain: pair or tie whose answers are of one group of near answers
-- why: only these can be near
select distinct
    kept_pairs.chosen_no as one_no,
    kept_pairs.rejected_no as other_no
from kept_pairs
join answer_labels as chosen
    on chosen.node_no = kept_pairs.chosen_no
join answer_labels as rejected
    on rejected.node_no = kept_pairs.rejected_no
    and rejected.label = chosen.label
