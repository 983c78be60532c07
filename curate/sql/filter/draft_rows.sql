-- reads: drafts, raw_candidates, candidate_keys, prompt_keys, raw_prompts
-- grain: pair before the user's pair filters
-- why: what a pair filter sees
with
    answers as (
        select
            raw_candidates.candidate_id,
            min(raw_candidates.response) as response,
            list_sort(list_distinct(list_transform(flatten(list(raw_candidates.generations)), lambda made: made.model))) as models
        from raw_candidates
        where raw_candidates.candidate_id in (
            select chosen_id from drafts
            union
            select rejected_id from drafts
        )
        group by raw_candidates.candidate_id
    )
select
    drafts.pair_id,
    prompt_keys.prompt_id,
    chosen.response as chosen,
    rejected.response as rejected,
    chosen.models as chosen_models,
    rejected.models as rejected_models,
    drafts.margin_raw,
    drafts.margin,
    drafts.tier_gap,
    drafts.agreement,
    drafts.n_raters,
    case drafts.level_no when 1 then 'human' when 2 then 'judge' else 'source' end as level,
    raw_prompts.source,
    raw_prompts.attributes
from drafts
join prompt_keys using (prompt_no)
join raw_prompts
    on raw_prompts.prompt_id = prompt_keys.prompt_id
    and raw_prompts.pull = prompt_keys.pull
join answers as chosen
    on chosen.candidate_id = drafts.chosen_id
join answers as rejected
    on rejected.candidate_id = drafts.rejected_id
