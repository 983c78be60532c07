-- reads: labelled_keys, near_singles
-- grain: two texts of different groups that share a key which very many share
-- why: not every two of them can be compared: a text is held against those that stand for the key, alone and
--      with the key after it, and against those beside it when all are sorted by their keys, forwards
--      and backwards
with
    parting_keys as (
        select
            scope,
            key
        from labelled_keys
        where n_docs > $common_key
        group by scope, key
        having min(label) != max(label)
    ),
    common_keys as (
        select
            labelled_keys.doc_no,
            labelled_keys.scope,
            labelled_keys.key,
            labelled_keys.next_key,
            near_singles.keys,
            list_reverse(near_singles.keys) as keys_back
        from labelled_keys
        join parting_keys using (scope, key)
        join near_singles using (doc_no)
    ),
    neighbours as (
        select
            doc_no,
            min(doc_no) over (partition by scope, key) as other_no
        from common_keys
        union all
        select
            doc_no,
            min(doc_no) over (partition by scope, key, next_key) as other_no
        from common_keys
        union all
        select
            doc_no,
            lag(doc_no) over (partition by scope, key order by keys, doc_no) as other_no
        from common_keys
        union all
        select
            doc_no,
            lag(doc_no) over (partition by scope, key order by keys_back, doc_no) as other_no
        from common_keys
    ),
    labels as (
        select distinct
            doc_no,
            label
        from labelled_keys
    ),
    apart as (
        select distinct
            neighbours.doc_no,
            neighbours.other_no
        from neighbours
        join labels as one
            on one.doc_no = neighbours.doc_no
        join labels as other
            on other.doc_no = neighbours.other_no
        where one.label != other.label
    )
select
    least(apart.doc_no, apart.other_no) as one_no,
    greatest(apart.doc_no, apart.other_no) as other_no
from apart
join near_singles as one
    on one.doc_no = apart.doc_no
join near_singles as other
    on other.doc_no = apart.other_no
where array_length(list_intersect(one.keys, other.keys)) >= least($shared_keys, one.n_shingles, other.n_shingles)
    and least(one.n_shingles, other.n_shingles) * 1000000 >= $near_millionths * greatest(one.n_shingles, other.n_shingles)
