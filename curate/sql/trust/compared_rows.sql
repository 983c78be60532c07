-- reads: overlap_pairs
-- grain: two answers that people and judges compared, in a fixed order
-- why: fold_place is the place of its group by a hash, so that folds have nothing to do with ids
select
    prompt_no::bigint as prompt_no,
    dense_rank() over (order by md5(fold_label::varchar), fold_label) as fold_place,
    probability::double as probability,
    n_one,
    n_other,
    n_people,
    judged::bigint as judged,
    share::double as share,
    one_length,
    other_length
from overlap_pairs
order by one_no, other_no
