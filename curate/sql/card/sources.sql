-- reads: pairs, raw_prompts
-- grain: pull, with the pairs on prompts that it has
-- why: a prompt that two pulls have counts for both
select
    raw_prompts.pull,
    count(distinct pairs.pair_id) as n_pairs
from pairs
join raw_prompts using (prompt_id)
group by raw_prompts.pull
order by raw_prompts.pull
