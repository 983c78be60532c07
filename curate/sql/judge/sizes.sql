-- reads: judge_prompts
-- grain: one number of answers
-- why: how many judgements there are follows from how many answers prompts have
select
    n_answers,
    count(*) as n_prompts
from judge_prompts
where fault is null
group by n_answers
order by n_answers
