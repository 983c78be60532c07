-- reads: scores, rating_scales, candidate_keys, prompt_keys
-- grain: candidate x metric x rubric_id x level
-- why: numbers back to ids, in a fixed order
select
    prompt_keys.prompt_id,
    candidate_keys.candidate_id,
    rating_scales.rubric_id,
    rating_scales.metric,
    case scores.level_no when 1 then 'human' when 2 then 'judge' else 'source' end as level,
    scores.value,
    scores.n_raters,
    scores.spread
from scores
join rating_scales using (scale_no)
join candidate_keys using (candidate_no)
join prompt_keys using (prompt_no)
order by scores.candidate_no, scores.scale_no, scores.level_no
