-- reads: near_keys, near_singles, near_labels, first_pairs
-- grain: two texts that may be near and that nothing joins yet
-- why: keys that few share bring every two texts that have them; where a text's other keys are too common
--      to be counted here, one key is enough
with
    rare_keys as (
        select
            near_keys.doc_no,
            near_keys.scope,
            near_keys.key,
            coalesce(near_labels.label, near_keys.doc_no) as label
        from near_keys
        left join near_labels
            on near_labels.node_no = near_keys.doc_no
        where near_keys.n_docs <= $common_key
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
        from rare_keys as one
        join rare_keys as other
            on other.scope = one.scope
            and other.key = one.key
        where other.doc_no > one.doc_no
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
anti join first_pairs
    on first_pairs.one_no = shared.one_no
    and first_pairs.other_no = shared.other_no
where shared.n_keys >= least(
    case when one_crowded.doc_no is null or other_crowded.doc_no is null then $shared_keys else 1 end,
    one.n_shingles,
    other.n_shingles
)
