-- reads: decisions, prompt_facts
-- grain: prompt of the judge's alone that one human vote may turn
-- why: least_margin is how far the least favourable reading puts the best answer before the second: below 0
--      where two orders disagree, 0 at a tie
select prompt_facts.prompt_id
from decisions
join prompt_facts using (prompt_id)
where decisions."to" = 'judge'
    and prompt_facts.n_human_votes = 0
    and prompt_facts.least_margin is not null
order by prompt_facts.least_margin, prompt_facts.margin, prompt_facts.prompt_id
limit $next
