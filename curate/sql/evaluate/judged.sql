-- reads: ratings
-- grain: answer that judges scored on the metric, by the workspace's rubric
-- why: a generated answer is known by its content, so a judge's score meets it wherever it was pulled from
select
    candidate_id,
    avg(value)::double as score
from ratings
where rater_kind = 'judge'
    and rubric_id = $rubric_id
    and metric = $metric
group by candidate_id
