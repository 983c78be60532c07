-- reads: drafts, verdicts, candidate_keys, raw_candidates
-- grain: answer of a pair or a tie, with its characters and the model that gave it
-- why: length() counts characters of Unicode, not bytes; of several models the first by name stands for all
with
    compared as (
        select chosen_no as candidate_no from drafts
        union
        select rejected_no as candidate_no from drafts
        union
        select one_no as candidate_no from verdicts where outcome = 'tie'
        union
        select other_no as candidate_no from verdicts where outcome = 'tie'
    ),
    found as (
        select
            candidate_keys.candidate_no,
            candidate_keys.candidate_id,
            candidate_keys.pull
        from candidate_keys
        join compared using (candidate_no)
    )
select
    found.candidate_no,
    length(raw_candidates.response)::bigint as characters,
    nullif(list_min(list_transform(raw_candidates.generations, lambda made: made.model)), '') as model
from raw_candidates
join found using (candidate_id, pull)
