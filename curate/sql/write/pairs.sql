-- reads: kept_pairs, splits, prompt_keys, raw_prompts, pair_answers, pair_scores, rationales, provenance,
--        pull_licences
-- grain: preference pair
-- why: the table that leaves; sorted by split, so that a reader of one split skips the others
select
    kept_pairs.pair_id,
    prompt_keys.prompt_id,
    splits.split,
    raw_prompts.messages,
    raw_prompts.media,
    chosen.response as chosen,
    rejected.response as rejected,
    kept_pairs.chosen_id,
    kept_pairs.rejected_id,
    chosen.models as chosen_models,
    rejected.models as rejected_models,
    coalesce(chosen_scores.scores, map {}) as chosen_scores,
    coalesce(rejected_scores.scores, map {}) as rejected_scores,
    kept_pairs.margin_raw,
    kept_pairs.margin,
    kept_pairs.tier_gap,
    kept_pairs.n_raters,
    kept_pairs.agreement,
    case kept_pairs.level_no when 1 then 'human' when 2 then 'judge' else 'source' end as level,
    coalesce(rationales.rationales, []) as rationales,
    null::decimal(18, 6) as similarity,
    null::bigint as chosen_tokens,
    null::bigint as rejected_tokens,
    raw_prompts.reference,
    raw_prompts.source,
    raw_prompts.source_key,
    pull_licences.licence,
    raw_prompts.attributes,
    provenance.provenance,
    null::decimal(18, 6) as delta,
    null::varchar as delta_source,
    kept_pairs.prompt_weight,
    $policy as policy
from kept_pairs
join splits using (prompt_no)
join prompt_keys using (prompt_no)
join raw_prompts
    on raw_prompts.prompt_id = prompt_keys.prompt_id
    and raw_prompts.pull = prompt_keys.pull
join pull_licences
    on pull_licences.pull = prompt_keys.pull
join pair_answers as chosen
    on chosen.candidate_id = kept_pairs.chosen_id
join pair_answers as rejected
    on rejected.candidate_id = kept_pairs.rejected_id
left join pair_scores as chosen_scores
    on chosen_scores.candidate_no = kept_pairs.chosen_no
    and chosen_scores.level_no = kept_pairs.level_no
    and chosen_scores.basis = kept_pairs.basis
left join pair_scores as rejected_scores
    on rejected_scores.candidate_no = kept_pairs.rejected_no
    and rejected_scores.level_no = kept_pairs.level_no
    and rejected_scores.basis = kept_pairs.basis
left join rationales using (pair_id)
left join provenance using (pair_id)
where kept_pairs.target = $target
order by splits.split, prompt_keys.prompt_id, kept_pairs.pair_id
