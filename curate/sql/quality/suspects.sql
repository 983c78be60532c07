-- reads: voted_items, patterns, pattern_rights, raters, prompt_keys, candidate_keys
-- grain: vote on a pair of answers that is probably wrong
-- why: the likeliest mistakes first, for somebody to look at
select
    raters.rater,
    prompt_keys.prompt_id,
    one.candidate_id as one_id,
    other.candidate_id as other_id,
    (pattern_rights.label - 1)::integer as vote,
    1 - pattern_rights.right_share as wrong
from pattern_rights
join patterns using (pattern_no)
join voted_items using (codes)
join raters using (rater_no)
join prompt_keys using (prompt_no)
join candidate_keys as one
    on one.candidate_no = voted_items.one_no
join candidate_keys as other
    on other.candidate_no = voted_items.other_no
where pattern_rights.right_share < 0.5
order by wrong desc, voted_items.one_no, voted_items.other_no, raters.rater_no
limit $most_suspects
