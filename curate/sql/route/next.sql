-- reads: decisions, prompt_facts, prompt_keys, doubts
-- grain: prompt of the judge's alone that one human vote may turn
-- why: a person's word stands in for the judge's, so a vote is worth what the judge is likely to have wrong
select prompt_facts.prompt_id
from decisions
join prompt_facts using (prompt_id)
join prompt_keys using (prompt_id)
join doubts using (prompt_no)
where decisions."to" = 'judge'
    and prompt_facts.n_human_votes = 0
order by doubts.millionths desc, prompt_facts.least_margin, prompt_facts.margin, prompt_facts.prompt_id
limit $next
