-- reads: pairs
-- grain: model, by the share of its pairs in which it was chosen
-- why: an answer that several models gave counts for each
with
    sides as (
        select unnest(chosen_models) as model, 1 as won from pairs
        union all
        select unnest(rejected_models) as model, 0 as won from pairs
    )
select
    model,
    sum(won)::integer as chosen,
    (count(*) - sum(won))::integer as rejected
from sides
group by model
order by sum(won) / count(*) desc, model
