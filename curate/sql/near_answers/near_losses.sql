-- reads: near_survivors, near_compared
-- grain: answer that is dropped as a near copy
-- why: the similarity is to the very answer it lost to, which others may join it to
select
    near_survivors.candidate_no,
    near_survivors.survivor_no,
    (near_compared.n_shared / near_compared.n_either)::decimal(18, 6) as similarity
from near_survivors
join near_compared
    on near_compared.one_no = near_survivors.candidate_no
    and near_compared.other_no = near_survivors.survivor_no
