-- reads: drafts, filtered_pairs, over_length, over_caps, over_mix, over_longer, verdicts, candidate_keys
-- grain: pair or tie of the build
-- why: prompt_weight makes every prompt count once in training, whatever its number of pairs
select
    drafts.prompt_no,
    drafts.pair_id,
    drafts.chosen_no,
    drafts.rejected_no,
    drafts.basis,
    drafts.precedence,
    drafts.level_no,
    drafts.n_raters,
    drafts.agreement,
    drafts.margin_raw,
    drafts.margin,
    drafts.tier_gap,
    drafts.chosen_id,
    drafts.rejected_id,
    'pairs' as target,
    (1.0::double / count(*) over (partition by drafts.prompt_no))::decimal(18, 6) as prompt_weight
from drafts
anti join filtered_pairs using (pair_id)
anti join over_length using (pair_id)
anti join over_caps using (pair_id)
anti join over_mix using (pair_id)
anti join over_longer using (pair_id)
union all
select
    verdicts.prompt_no,
    md5(one.candidate_id || other.candidate_id) as pair_id,
    verdicts.one_no as chosen_no,
    verdicts.other_no as rejected_no,
    verdicts.basis,
    verdicts.precedence,
    verdicts.level_no,
    verdicts.n_raters,
    verdicts.agreement,
    verdicts.difference as margin_raw,
    verdicts.share as margin,
    verdicts.tier_gap,
    one.candidate_id as chosen_id,
    other.candidate_id as rejected_id,
    'ties' as target,
    null::decimal(18, 6) as prompt_weight
from verdicts
join candidate_keys as one
    on one.candidate_no = verdicts.one_no
join candidate_keys as other
    on other.candidate_no = verdicts.other_no
where verdicts.outcome = 'tie'
