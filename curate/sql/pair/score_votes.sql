-- reads: differences, repeat_raters, repeated_votes
-- grain: pair of answers x rater who scored both
-- why: a rater with one unit a prompt has nothing to average
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    precedence,
    basis,
    (difference::double / 10000000000)::decimal(18, 6) as difference,
    share,
    false as unstable
from differences
anti join repeat_raters using (prompt_no, rater_no)
union all
select * from repeated_votes
