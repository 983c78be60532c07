-- reads: labelled_keys, near_singles
-- grain: two texts of different groups that share keys which few share
-- why: every two of them may be near, unless their sizes alone keep them apart; where both have keys that
--      are too common to be counted here, one is enough
with
    crowded as (
        select distinct doc_no
        from labelled_keys
        where n_docs > $common_key
    ),
    shared as (
        select
            one.doc_no as one_no,
            other.doc_no as other_no,
            count(*) as n_keys
        from labelled_keys as one
        join labelled_keys as other
            on other.scope = one.scope
            and other.key = one.key
        where one.n_docs <= $common_key
            and other.doc_no > one.doc_no
            and other.label != one.label
        group by one.doc_no, other.doc_no
    )
select
    shared.one_no,
    shared.other_no
from shared
join near_singles as one
    on one.doc_no = shared.one_no
join near_singles as other
    on other.doc_no = shared.other_no
left join crowded as one_crowded
    on one_crowded.doc_no = shared.one_no
left join crowded as other_crowded
    on other_crowded.doc_no = shared.other_no
where shared.n_keys >= least(
    case when one_crowded.doc_no is null or other_crowded.doc_no is null then $shared_keys else 1 end,
    one.n_shingles,
    other.n_shingles
)
    and least(one.n_shingles, other.n_shingles) * 1000000 >= $near_millionths * greatest(one.n_shingles, other.n_shingles)
