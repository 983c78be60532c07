-- reads: wanted, asked
-- grain: one prompt that people are to rate and that the server has no task for
-- why: the same answers are asked once under a rubric, in whichever project that was
with
    worked as (
        select distinct
            prompt_id,
            answer_set
        from asked
        where purpose = 'work'
    )
select
    prompt_id,
    raters,
    answer_set,
    n_answers
from wanted
anti join worked using (prompt_id, answer_set)
where not is_gold
    and n_answers between $fewest_answers and $most_answers
order by prompt_id
limit $limit
