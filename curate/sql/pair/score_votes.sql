-- reads: sheets, repeat_raters
-- grain: pair of answers x rater who scored both
-- why: differences are taken within one unit and averaged over the rater's units (DESIGN 5.1);
--      one_no is the smaller candidate, a positive difference favours it; a rater with one unit a
--      prompt has nothing to average
with
    differences as (
        select
            one.candidate_no as one_no,
            other.candidate_no as other_no,
            one.prompt_no,
            one.rater_no,
            one.level_no,
            one.precedence,
            one.basis,
            one.total - other.total as difference,
            ((one.total - other.total)::double / one.span)::decimal(18, 6) as share
        from sheets as one
        join sheets as other
            on other.unit_no = one.unit_no
            and other.basis = one.basis
            and other.candidate_no > one.candidate_no
    )
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    (difference::double / 10000000000)::decimal(18, 6) as difference,
    share
from differences
anti join repeat_raters using (prompt_no, rater_no)
union all
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    (sum(difference)::double / (count(*) * 10000000000))::decimal(18, 6) as difference,
    (sum(share)::double / count(*))::decimal(18, 6) as share
from differences
join repeat_raters using (prompt_no, rater_no)
group by one_no, other_no, prompt_no, rater_no, level_no, precedence, basis
