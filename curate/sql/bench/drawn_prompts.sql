-- reads: voted_prompts
-- grain: prompt that the benchmark takes
-- why: so many of each category, by a seed, the same whatever else is in the workspace
select
    prompt_no,
    prompt_id,
    category
from voted_prompts
where fault is null
qualify row_number() over (
    partition by category
    order by md5($bench_seed || prompt_id)
) <= $per_category
