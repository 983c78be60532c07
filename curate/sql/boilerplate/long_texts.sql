-- reads: raw_candidates, candidate_keys, survivors
-- grain: answer that may have twenty tokens, but for refusals and what left before
-- why: on a safety prompt a refusal is often the best answer there is
select
    candidate_keys.candidate_no::bigint as doc_no,
    0::bigint as scope,
    raw_candidates.response as text
from raw_candidates
join candidate_keys using (candidate_id, pull)
anti join survivors using (candidate_no)
where strlen(raw_candidates.response) >= 40
    and coalesce(raw_candidates.attributes['refusal'], '') != 'true'
