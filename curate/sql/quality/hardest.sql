-- reads: voted_items, patterns, pattern_eases, prompt_keys, candidate_keys
-- grain: pair of answers
-- why: those that raters tell apart worst, for somebody to look at; what is as hard stands in the order of answers
select
    prompt_keys.prompt_id,
    one.candidate_id as one_id,
    other.candidate_id as other_id,
    pattern_eases.for_one,
    pattern_eases.ties,
    pattern_eases.for_other,
    pattern_eases.difficulty
from pattern_eases
join patterns using (pattern_no)
join voted_items using (codes)
join prompt_keys using (prompt_no)
join candidate_keys as one
    on one.candidate_no = voted_items.one_no
join candidate_keys as other
    on other.candidate_no = voted_items.other_no
order by pattern_eases.difficulty desc, voted_items.one_no, voted_items.other_no
limit $most_hardest
