-- reads: drafts, filtered_pairs, answer_tokens
-- grain: pair with a side of more tokens than [pairs] max_tokens
-- why: before the caps, which then draw among pairs that fit; a side without a count is not too long
select
    drafts.pair_id,
    coalesce(chosen.tokens::varchar, '?') || ' and ' || coalesce(rejected.tokens::varchar, '?') || ' tokens' as cap
from drafts
anti join filtered_pairs using (pair_id)
left join answer_tokens as chosen
    on chosen.candidate_no = drafts.chosen_no
left join answer_tokens as rejected
    on rejected.candidate_no = drafts.rejected_no
where greatest(chosen.tokens, rejected.tokens) > $max_tokens
