-- reads: answer_totals, lost_candidates, mixed_sheets
-- grain: unit x surviving candidate
-- why: what differences are taken from
select
    unit_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    candidate_no,
    total,
    span
from answer_totals
anti join lost_candidates using (candidate_no)
anti join (select distinct unit_no from mixed_sheets) as mixed using (unit_no)
union all
select * from mixed_sheets
