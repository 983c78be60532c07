-- reads: said
-- grain: pair of answers x rater, of prompts that are drawn
-- why: a model of strengths holds every answer, so it reads prompts with three raters of one kind, so many
--      at most; prompt numbers stand in the order of hashes, so the first are a random draw
with
    drawn as (
        select prompt_no
        from said
        where level_no = $level_no
        group by prompt_no
        having count(distinct rater_no) >= $raters_an_item
        order by prompt_no
        limit $most_prompts
    )
select
    one_no,
    other_no,
    rater_no,
    vote
from said
semi join drawn using (prompt_no)
where level_no = $level_no
order by one_no, other_no, rater_no
