-- reads: near_keys, near_singles, near_labels, first_pairs
-- grain: two texts that may be near and that nothing joins yet
-- why: keys that few share bring every two texts that have them; of keys that very many share, a text is held
--      against those that stand for them, and against those beside it when all are sorted by their keys,
--      forwards and backwards; where a text's other keys are too common to be counted, one key is enough
with
    labelled as (
        select
            near_keys.doc_no,
            near_keys.scope,
            near_keys.key,
            near_keys.next_key,
            near_keys.n_docs,
            coalesce(near_labels.label, near_keys.doc_no) as label
        from near_keys
        left join near_labels
            on near_labels.node_no = near_keys.doc_no
    ),
    crowded as (
        select distinct doc_no
        from near_keys
        where n_docs > $common_key
    ),
    shared as (
        select
            one.doc_no as one_no,
            other.doc_no as other_no,
            count(*) as n_keys
        from labelled as one
        join labelled as other
            on other.scope = one.scope
            and other.key = one.key
        where one.n_docs <= $common_key
            and other.doc_no > one.doc_no
            and other.label != one.label
        group by one.doc_no, other.doc_no
    ),
    rare_pairs as (
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
    ),
    common_keys as (
        select
            labelled.doc_no,
            labelled.scope,
            labelled.key,
            labelled.next_key,
            labelled.label,
            near_singles.keys,
            list_reverse(near_singles.keys) as keys_back
        from labelled
        join near_singles using (doc_no)
        where labelled.n_docs > $common_key
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
        from labelled
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
    ),
    common_pairs as (
        select
            least(apart.doc_no, apart.other_no) as one_no,
            greatest(apart.doc_no, apart.other_no) as other_no
        from apart
        join near_singles as one
            on one.doc_no = apart.doc_no
        join near_singles as other
            on other.doc_no = apart.other_no
        where array_length(list_intersect(one.keys, other.keys))
            >= least($shared_keys, one.n_shingles, other.n_shingles)
    )
select
    one_no,
    other_no
from (
    select * from rare_pairs
    union
    select * from common_pairs
)
anti join first_pairs using (one_no, other_no)
