-- reads: kept_pairs, pair_order, prompt_keys, pull_licences, pair_similarity, pair_deltas, length_weights,
--        answer_tokens
-- grain: pair or tie
-- why: what is short of a row; what is long comes on its own (pair_*.sql)
select
    pair_order.place,
    kept_pairs.pair_id,
    prompt_keys.prompt_id,
    pair_order.split,
    components.prompt_id as component,
    kept_pairs.chosen_id,
    kept_pairs.rejected_id,
    kept_pairs.margin_raw,
    kept_pairs.margin,
    kept_pairs.tier_gap,
    kept_pairs.n_raters,
    kept_pairs.agreement,
    case kept_pairs.level_no when 1 then 'human' when 2 then 'judge' else 'source' end as level,
    pair_similarity.similarity,
    chosen_counts.tokens as chosen_tokens,
    rejected_counts.tokens as rejected_tokens,
    pull_licences.licence,
    pair_deltas.delta,
    pair_deltas.delta_source,
    kept_pairs.prompt_weight,
    coalesce(length_weights.length_weight, 1)::decimal(18, 6) as length_weight,
    $policy as policy
from kept_pairs
join pair_order using (pair_id)
join prompt_keys using (prompt_no)
join prompt_keys as components
    on components.prompt_no = pair_order.label
join pull_licences
    on pull_licences.pull = prompt_keys.pull
left join pair_similarity using (pair_id)
left join pair_deltas using (pair_id)
left join length_weights using (pair_id)
left join answer_tokens as chosen_counts
    on chosen_counts.candidate_no = kept_pairs.chosen_no
left join answer_tokens as rejected_counts
    on rejected_counts.candidate_no = kept_pairs.rejected_no
where kept_pairs.target = $target
order by pair_order.place
