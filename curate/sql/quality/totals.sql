-- reads: sheets
-- grain: answer x rater who scored it on every weighted metric
-- why: as marks, of the weighted sum as a share of its span (DESIGN 5.1)
with
    spoken as (
        select
            prompt_no,
            rater_no,
            level_no,
            candidate_no,
            avg(total::double / span) as score
        from sheets
        where basis = 1
            and precedence > 0
        group by prompt_no, rater_no, level_no, candidate_no
    ),
    means as (
        select
            prompt_no,
            rater_no,
            avg(score) as mean
        from spoken
        group by prompt_no, rater_no
        having count(*) > 1
    )
select
    spoken.prompt_no,
    spoken.rater_no,
    spoken.level_no,
    spoken.candidate_no,
    spoken.score,
    spoken.score - means.mean as centred
from spoken
left join means using (prompt_no, rater_no)
