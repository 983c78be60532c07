-- reads: scores, overlap_prompts, candidate_keys, rating_scales
-- grain: metric of the rubric x people's step x the judge's step
-- why: where a judge is lenient or harsh shows in a table; means over raters are rounded to steps of one point
with
    sides as (
        select
            candidate_keys.prompt_no,
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
    )
select
    sides.metric,
    round(sides.people)::integer as people,
    round(sides.judge)::integer as judge,
    count(*) as n,
    sum(1 / overlap_prompts.probability::double) as weight
from sides
join overlap_prompts using (prompt_no)
group by all
order by all
