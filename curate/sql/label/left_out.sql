-- reads: wanted
-- grain: one reason why prompts of people's do not go out as work
-- why: a page has room for two to eight answers, and gold goes out by its share alone
with
    reasons as (
        select
            case
                when is_gold then 'gold'
                when n_answers < $fewest_answers then 'too_few_answers'
                when n_answers > $most_answers then 'too_many_answers'
            end as reason
        from wanted
    )
select
    reason,
    count(*) as prompts
from reasons
where reason is not null
group by reason
order by reason
