-- reads: drafts, filtered_pairs, verdicts, candidate_keys, prompt_keys
-- grain: answer of a pair that the user's filters left, or of a tie
-- why: an answer is counted once, in however many pairs it stands; names of rows only, no texts
with
    compared as (
        select chosen_no as candidate_no from drafts anti join filtered_pairs using (pair_id)
        union
        select rejected_no as candidate_no from drafts anti join filtered_pairs using (pair_id)
        union
        select one_no as candidate_no from verdicts where outcome = 'tie'
        union
        select other_no as candidate_no from verdicts where outcome = 'tie'
    )
select
    candidate_keys.candidate_no,
    candidate_keys.candidate_id,
    candidate_keys.pull,
    prompt_keys.prompt_id,
    prompt_keys.pull as prompt_pull
from compared
join candidate_keys using (candidate_no)
join prompt_keys using (prompt_no)
