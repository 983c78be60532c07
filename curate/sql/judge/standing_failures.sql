-- reads: known, judge_raters
-- grain: one failure reason, of these judges and this wording
-- why: a failure stands until the same request came
select
    reason,
    count(*) as n
from known
semi join judge_raters using (rater)
where not came
    and rubric_hash = $rubric_hash
group by reason
order by n desc, reason
