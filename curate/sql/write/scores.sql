-- reads: scores, candidate_keys, prompt_keys
-- grain: candidate x metric x rubric_id x level
-- why: numbers back to ids, in a fixed order
select
    prompt_keys.prompt_id,
    candidate_keys.candidate_id,
    scores.rubric_id,
    scores.metric,
    scores.level,
    scores.value,
    scores.n_raters,
    scores.spread
from scores
join candidate_keys using (candidate_no)
join prompt_keys using (prompt_no)
order by prompt_keys.prompt_id, scores.candidate_no, scores.rubric_id, scores.metric, scores.level
