-- reads: pair_sums, top_pairs
-- grain: cluster of prompts x two of the raters that are told one by one
-- why: as pair_sums
select * exclude (one_level_no, other_level_no)
from pair_sums
semi join top_pairs using (one_rater_no, other_rater_no)
order by one_rater_no, other_rater_no, cluster_no
