-- reads: raw_candidates, prompt_keys
-- grain: one candidate of a known prompt
-- why: as prompt_keys; the smallest number of some candidates is their smallest candidate_id
select
    seen.candidate_id,
    seen.pull,
    (row_number() over (order by seen.candidate_id))::integer as candidate_no,
    prompt_keys.prompt_no,
    seen.origin
from (
    select
        candidate_id,
        min(prompt_id) as prompt_id,
        min(pull) as pull,
        min(origin) as origin
    from raw_candidates
    group by candidate_id
) as seen
join prompt_keys using (prompt_id)
