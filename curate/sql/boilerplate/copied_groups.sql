-- reads: near_labels, near_sketches, candidate_keys
-- grain: group of near answers to different prompts
-- why: one text that answers many prompts teaches no preference
select
    near_labels.label,
    count(*) as n_answers,
    count(distinct candidate_keys.prompt_no) as n_prompts
from near_labels
join candidate_keys
    on candidate_keys.candidate_no = near_labels.node_no
join near_sketches
    on near_sketches.doc_no = near_labels.label
where near_sketches.n_tokens >= $fewest_tokens
group by near_labels.label
having count(distinct candidate_keys.prompt_no) > 1
