-- reads: kept_pairs, answer_tokens
-- grain: one row
-- why: how many pairs have tokens on both sides, and the longest side of all
select
    count(*) filter (chosen.tokens is not null and rejected.tokens is not null) as n_counted,
    count(*) filter (chosen.tokens is null or rejected.tokens is null) as n_uncounted,
    coalesce(max(greatest(chosen.tokens, rejected.tokens)), 0) as longest
from kept_pairs
left join answer_tokens as chosen
    on chosen.candidate_no = kept_pairs.chosen_no
left join answer_tokens as rejected
    on rejected.candidate_no = kept_pairs.rejected_no
where kept_pairs.target = 'pairs'
