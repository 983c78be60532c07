-- reads: verdicts, candidate_keys
-- grain: pair of answers that somebody compared
-- why: outcome is who is preferred, or why nobody is
select
    one.candidate_id as one_id,
    other.candidate_id as other_id,
    verdicts.outcome
from verdicts
join candidate_keys as one
    on one.candidate_no = verdicts.one_no
join candidate_keys as other
    on other.candidate_no = verdicts.other_no
order by one_id, other_id
