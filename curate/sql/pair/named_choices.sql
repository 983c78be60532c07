-- reads: choices, candidate_keys
-- grain: preference that the policy may take
-- why: pair_id is over the chosen and the rejected candidate_id; it is made only of what a policy looks at
select
    choices.*,
    md5(chosen.candidate_id || rejected.candidate_id) as pair_id,
    chosen.candidate_id as chosen_id,
    rejected.candidate_id as rejected_id,
    case
        when chosen.origin = 'written' then 'chosen'
        when rejected.origin = 'written' then 'rejected'
    end as written
from choices
join candidate_keys as chosen
    on chosen.candidate_no = choices.chosen_no
join candidate_keys as rejected
    on rejected.candidate_no = choices.rejected_no
