-- reads: scores, overlap_prompts, candidate_keys, rating_scales
-- grain: answer on the overlap x metric of the rubric that both people and judges scored
-- why: what is said of a metric is counted from these
select
    candidate_keys.prompt_no,
    candidate_keys.candidate_no,
    rating_scales.metric,
    max(scores.value) filter (scores.level_no = 1) as people,
    max(scores.value) filter (scores.level_no = 2) as judge
from scores
join candidate_keys using (candidate_no)
join rating_scales using (scale_no)
semi join overlap_prompts using (prompt_no)
where scores.level_no in (1, 2)
    and rating_scales.rubric_id = $rubric_id
group by candidate_keys.prompt_no, candidate_keys.candidate_no, rating_scales.metric
having count(*) filter (scores.level_no = 1) > 0
    and count(*) filter (scores.level_no = 2) > 0
