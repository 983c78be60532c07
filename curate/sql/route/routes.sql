-- reads: decisions, prompt_keys, answer_sets
-- grain: prompt
-- why: the rows of routes.parquet; a set that people are asked about is frozen from then on
select
    prompt_keys.prompt_id,
    decisions."to",
    decisions.raters,
    decisions.rule,
    decisions.overlap,
    ((decisions.threshold // 1000000)::double / 1000000)::decimal(18, 6) as inclusion_probability,
    coalesce(array_length(answer_sets.candidate_ids), 0) as n_answers,
    coalesce(answer_sets.candidate_ids, []) as candidate_ids,
    coalesce(answer_sets.kept, false) or decisions."to" in ('human', 'both') as frozen
from prompt_keys
join decisions using (prompt_id)
left join answer_sets using (prompt_no)
order by prompt_keys.prompt_no
