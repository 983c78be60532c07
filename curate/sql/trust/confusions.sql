-- reads: metric_sides, overlap_prompts
-- grain: metric of the rubric x people's step x the judge's step
-- why: where a judge is lenient or harsh shows in a table; means over raters are rounded to steps of one point
select
    metric_sides.metric,
    round(metric_sides.people)::integer as people,
    round(metric_sides.judge)::integer as judge,
    count(*) as n,
    sum((1 / overlap_prompts.probability::double)::decimal(18, 6))::double as weight
from metric_sides
join overlap_prompts using (prompt_no)
group by all
order by all
