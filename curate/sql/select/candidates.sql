-- reads: raw_candidates, candidate_keys
-- grain: one candidate
-- why: as prompts: a candidate of two pulls is one, by the first of them
select raw_candidates.* exclude (pull)
from raw_candidates
join candidate_keys
    on candidate_keys.candidate_id = raw_candidates.candidate_id
    and candidate_keys.pull = raw_candidates.pull
