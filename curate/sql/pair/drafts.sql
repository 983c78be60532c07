-- reads: capped, candidate_keys
-- grain: pair that is left by the policy and the caps
-- why: what pair filters look at
select
    capped.* exclude (over_written, over_cap),
    chosen.candidate_id as chosen_id,
    rejected.candidate_id as rejected_id
from capped
join candidate_keys as chosen
    on chosen.candidate_no = capped.chosen_no
join candidate_keys as rejected
    on rejected.candidate_no = capped.rejected_no
where not capped.over_cap
