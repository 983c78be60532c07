-- reads: rank_votes
-- grain: prompt x rater who ranked two of its answers
-- why: only they have a ranking and scores to compare
select distinct
    prompt_no,
    rater_no
from rank_votes
