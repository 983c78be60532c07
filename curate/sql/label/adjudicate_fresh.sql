-- reads: wanted, asked
-- grain: one prompt that an expert is to decide and was not asked yet
-- why: a prompt is adjudicated once, whatever its answers are by now; the worst agreement comes first
select
    prompt_id,
    raters,
    answer_set
from wanted
anti join asked using (prompt_id)
where n_answers between $fewest_answers and $most_answers
order by agreement nulls last, prompt_id
limit $limit
