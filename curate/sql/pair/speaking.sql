-- reads: votes, overall_prompts
-- grain: pair of answers x rater, on the basis that the prompt is paired from
-- why: points of the rubric and points of an overall are never mixed
select *
from votes
where basis = 1
union all
select votes.*
from votes
semi join overall_prompts using (prompt_no)
where votes.basis = 2
