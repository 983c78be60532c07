-- reads: metric_sides, overlap_prompts
-- grain: prompt of the overlap x metric of the rubric, summed over its pairs of answers
-- why: what people and judge say of one metric is compared as differences within a prompt: what prompts have
--      in common flatters; the sums are all that a correlation and its interval need
with
    differences as (
        select
            one.prompt_no,
            one.metric,
            one.people - other.people as people,
            one.judge - other.judge as judge
        from metric_sides as one
        join metric_sides as other
            on other.prompt_no = one.prompt_no
            and other.metric = one.metric
            and other.candidate_no > one.candidate_no
    )
select
    differences.metric,
    differences.prompt_no,
    min(overlap_prompts.probability) as probability,
    count(*) as n_pairs,
    sum(differences.people * differences.judge)::double as crossed,
    sum(differences.people * differences.people)::double as people_squared,
    sum(differences.judge * differences.judge)::double as judge_squared,
    count(*) filter (differences.people != 0) as n_decided,
    coalesce(
        sum(1 + sign(differences.people) * sign(differences.judge)) filter (differences.people != 0), 0
    )::bigint as halves
from differences
join overlap_prompts using (prompt_no)
group by differences.metric, differences.prompt_no
order by differences.metric, differences.prompt_no
