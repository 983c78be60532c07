-- reads: sheets
-- grain: unit x pair of answers it scored
-- why: differences are taken within one unit (DESIGN 5.1); one_no is the smaller candidate, a positive
--      difference favours it
select
    one.candidate_no as one_no,
    other.candidate_no as other_no,
    one.prompt_no,
    one.rater_no,
    one.level_no,
    one.precedence,
    one.basis,
    one.unit_no,
    one.total - other.total as difference,
    ((one.total - other.total)::double / one.span)::decimal(18, 6) as share
from sheets as one
join sheets as other
    on other.unit_no = one.unit_no
    and other.basis = one.basis
    and other.precedence = one.precedence
    and other.candidate_no > one.candidate_no
