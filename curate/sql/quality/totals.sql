-- reads: sheets
-- grain: answer x rater who scored it on every weighted metric
-- why: as spoken, of the weighted sum as a share of its span (DESIGN 5.1)
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
