-- reads: pool, disputes, answer_differences
-- grain: prompt to select from
-- why: votes speak where there are any, else how much the answers differ; a prompt with neither has no score
select
    pool.place,
    coalesce(disputes.score, answer_differences.score) as score,
    case
        when disputes.score is not null then 'votes'
        when answer_differences.score is not null then 'answers'
        else 'chance'
    end as basis
from pool
left join disputes using (prompt_id)
left join answer_differences using (place)
order by pool.place
