-- reads: gold, shapes, boxes (box_sizes, with the project that is there), asked, qualified
-- grain: gold prompt in a project it goes into
-- why: a draw by seed of what is not there yet and does not qualify; a project's new work is cut into as many
--      parts as there is gold for it, and one goes behind a drawn task of each part
with
    free as (
        select
            boxes.*,
            gold.prompt_id,
            gold.answer_set,
            gold.draw
        from gold
        join shapes using (prompt_id)
        join boxes
            on boxes.answers = gold.n_answers
            and boxes.pictures = shapes.pictures
            and boxes.videos = shapes.videos
        where gold.is_known
            and gold.prompt_id not in (select prompt_id from qualified)
            and gold.prompt_id not in (select prompt_id from asked where purpose = 'qualification')
            and (boxes.project, gold.prompt_id) not in (
                select (project, prompt_id) from asked where purpose = 'work'
            )
    ),
    drawn as (
        select
            *,
            row_number() over (
                partition by answers, pictures, videos, raters
                order by draw
            ) as part
        from free
        qualify part <= n_gold
    ),
    parted as (
        select
            *,
            count(*) over (partition by answers, pictures, videos, raters) as parts,
            ('0x' || substr(draw, 1, 8))::bigint / 4294967296.0 as within
        from drawn
    )
select
    answers,
    pictures,
    videos,
    raters,
    prompt_id,
    answer_set,
    floor((part - 1 + within) * n_work / parts)::integer + 1 as behind
from parted
