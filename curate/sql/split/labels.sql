-- reads: standing, prompt_labels
-- grain: prompt that did not leave
-- why: a prompt that nothing ties to another is a group of its own
select
    standing.prompt_no,
    standing.paired,
    coalesce(prompt_labels.label, standing.prompt_no) as label
from standing
left join prompt_labels
    on prompt_labels.node_no = standing.prompt_no
