-- reads: copied_losses, near_compared
-- grain: answer that leaves as boilerplate
-- why: names the answer it lost to and how near it is
select
    copied_losses.candidate_no,
    copied_losses.survivor_no,
    (near_compared.n_shared / near_compared.n_either)::decimal(18, 6) as similarity
from copied_losses
join near_compared
    on near_compared.one_no = copied_losses.candidate_no
    and near_compared.other_no = copied_losses.survivor_no
