-- reads: gold
-- grain: one reason why gold prompts cannot go out
-- why: nobody can be measured by an order that is not known, and a page has room for two to eight answers
with
    reasons as (
        select
            case
                when n_answers < $fewest_answers then 'gold_too_few_answers'
                when n_answers > $most_answers then 'gold_too_many_answers'
                when not is_known then 'gold_without_order'
            end as reason
        from gold
    )
select
    reason,
    count(*) as prompts
from reasons
where reason is not null
group by reason
order by reason
