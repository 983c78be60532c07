-- reads: fresh, shapes, drawn_gold
-- grain: one task to send
-- why: work in the order of its ids, gold behind the task of its project that was drawn for it
with
    work as (
        select
            fresh.prompt_id,
            fresh.raters,
            fresh.answer_set,
            fresh.n_answers,
            shapes.pictures,
            shapes.videos,
            row_number() over (
                partition by fresh.n_answers, shapes.pictures, shapes.videos, fresh.raters
                order by fresh.prompt_id
            ) as number
        from fresh
        join shapes using (prompt_id)
    ),
    both_kinds as (
        select
            prompt_id,
            raters,
            answer_set,
            false as is_gold,
            prompt_id as after
        from work
        union all
        select
            drawn_gold.prompt_id,
            drawn_gold.raters,
            drawn_gold.answer_set,
            true as is_gold,
            work.prompt_id as after
        from drawn_gold
        join work
            on work.n_answers = drawn_gold.answers
            and work.pictures = drawn_gold.pictures
            and work.videos = drawn_gold.videos
            and work.raters = drawn_gold.raters
            and work.number = drawn_gold.behind
    )
select
    prompt_id,
    raters,
    answer_set,
    is_gold,
    row_number() over (order by after, is_gold, prompt_id) as place
from both_kinds
