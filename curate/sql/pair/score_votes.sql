-- reads: sheets
-- grain: pair of answers x rater who scored both
-- why: differences are taken within one unit and averaged over the rater's units (DESIGN 5.1);
--      one_no is the smaller candidate, a positive difference favours it
select
    one.candidate_no as one_no,
    other.candidate_no as other_no,
    one.prompt_no,
    one.rater_no,
    one.level_no,
    one.precedence,
    one.basis,
    (sum(one.total - other.total)::double / (count(*) * 10000000000))::decimal(18, 6) as difference,
    (
        sum(((one.total - other.total)::double / one.span)::decimal(18, 6))::double / count(*)
    )::decimal(18, 6) as share
from sheets as one
join sheets as other
    on other.unit_no = one.unit_no
    and other.basis = one.basis
    and other.candidate_no > one.candidate_no
group by all
