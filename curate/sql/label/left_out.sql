-- reads: wanted
-- grain: one reason why prompts of people's cannot be shown
-- why: a page has room for two to eight answers
select
    case when n_answers < $fewest_answers then 'too_few_answers' else 'too_many_answers' end as reason,
    count(*) as prompts
from wanted
where n_answers < $fewest_answers
    or n_answers > $most_answers
group by reason
order by reason
