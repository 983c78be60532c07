-- reads: prompt_keys, answer_sets, metric_means, margins, failures, human_votes
-- grain: prompt
-- why: what rules ask about beside the prompt's own columns
with
    means as (
        select
            prompt_no,
            map(list(metric order by metric), list(value order by metric)) as scores
        from metric_means
        group by prompt_no
    )
select
    prompt_keys.prompt_id,
    prompt_keys.pull,
    coalesce(array_length(answer_sets.candidate_ids), 0) as n_answers,
    coalesce(means.scores, map {}) as scores,
    margins.margin,
    margins.least_margin,
    margins.spread,
    coalesce(margins.n_readings, 0) as n_readings,
    coalesce(failures.failures, []) as failures,
    coalesce(human_votes.n_human_votes, 0) as n_human_votes
from prompt_keys
left join answer_sets using (prompt_no)
left join means using (prompt_no)
left join margins using (prompt_no)
left join failures using (prompt_no)
left join human_votes using (prompt_no)
