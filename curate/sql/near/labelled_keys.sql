-- reads: near_keys, near_labels
-- grain: text x key that another text of its scope has too, with the text's group so far
-- why: only texts of different groups need be held against each other
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
