-- reads: wanted, asked
-- grain: one prompt that people are to rate and that the server has no task for
-- why: the same answers are asked once under a rubric, in whichever project that was
select
    prompt_id,
    raters,
    answer_set
from wanted
anti join asked using (prompt_id, answer_set)
where n_answers between $fewest_answers and $most_answers
order by prompt_id
limit $limit
