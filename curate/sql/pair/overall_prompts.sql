-- reads: sheets, rank_places
-- grain: prompt that is paired from a source's overall
-- why: the overall speaks only where nobody compared the prompt's answers by the rubric
with
    with_overall as (
        select prompt_no
        from sheets
        where basis = 2
        union
        select prompt_no
        from rank_places
        where basis = 2
    ),
    compared_by_rubric as (
        select sheets.prompt_no
        from sheets
        semi join with_overall using (prompt_no)
        where sheets.basis = 1
        group by sheets.prompt_no, sheets.unit_no
        having count(*) > 1
        union
        select rank_places.prompt_no
        from rank_places
        semi join with_overall using (prompt_no)
        where rank_places.basis = 1
        group by rank_places.prompt_no, rank_places.event_no
        having count(*) > 1
    )
select prompt_no
from with_overall
anti join compared_by_rubric using (prompt_no)
