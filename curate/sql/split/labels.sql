-- reads: kept_pairs, prompt_labels
-- grain: paired prompt
-- why: a prompt that nothing ties to another is a group of its own
select distinct
    kept_pairs.prompt_no,
    coalesce(prompt_labels.label, kept_pairs.prompt_no) as label
from kept_pairs
left join prompt_labels
    on prompt_labels.node_no = kept_pairs.prompt_no
