-- reads: near_keys, near_singles
-- grain: two texts that may be near: a text and one that stands for those it shares a key with
-- why: a few pairs a text, however large its family is; of keys that very many share, a text is also held
--      against those beside it when all are sorted by their keys, forwards and backwards
with
    common_keys as (
        select
            near_keys.doc_no,
            near_keys.scope,
            near_keys.key,
            near_keys.next_key,
            near_singles.keys,
            list_reverse(near_singles.keys) as keys_back
        from near_keys
        join near_singles using (doc_no)
        where near_keys.n_docs > $common_key
    ),
    neighbours as (
        select
            doc_no,
            min(doc_no) over (partition by scope, key) as other_no
        from near_keys
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
    paired as (
        select distinct
            least(doc_no, other_no) as one_no,
            greatest(doc_no, other_no) as other_no
        from neighbours
        where other_no != doc_no
    )
select
    paired.one_no,
    paired.other_no
from paired
join near_singles as one
    on one.doc_no = paired.one_no
join near_singles as other
    on other.doc_no = paired.other_no
where array_length(list_intersect(one.keys, other.keys)) >= least($shared_keys, one.n_shingles, other.n_shingles)
