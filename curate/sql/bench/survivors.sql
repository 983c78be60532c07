-- reads: survivors, candidate_keys
-- grain: answer that is a copy of another one, with the one that stands for it
-- why: votes are compared among survivors, a benchmark names the answers that it has
select
    copy.candidate_id,
    survivor.candidate_id as survivor_id
from survivors
join candidate_keys as copy
    on copy.candidate_no = survivors.candidate_no
join candidate_keys as survivor
    on survivor.candidate_no = survivors.survivor_no
