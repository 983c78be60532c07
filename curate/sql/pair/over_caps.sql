-- reads: drafts, filtered_pairs, over_length, prompt_keys, candidate_keys, raw_prompts, raw_candidates
-- grain: pair that a cap on its source or on the model of its chosen answer takes out
-- why: which of them stay is drawn by seed; a cap on the source comes before one on the model
with
    sourced as (
        select
            drafts.pair_id,
            drafts.chosen_no,
            row_number() over (
                partition by raw_prompts.source
                order by md5($pair_seed || 'source' || drafts.pair_id)
            ) as place
        from drafts
        anti join filtered_pairs using (pair_id)
        anti join over_length using (pair_id)
        join prompt_keys using (prompt_no)
        join raw_prompts using (prompt_id, pull)
    ),
    modelled as (
        select
            sourced.pair_id,
            row_number() over (
                partition by coalesce(list_min(list_transform(raw_candidates.generations, lambda made: made.model)), '')
                order by md5($pair_seed || 'model' || sourced.pair_id)
            ) as place
        from sourced
        join candidate_keys
            on candidate_keys.candidate_no = sourced.chosen_no
        join raw_candidates using (candidate_id, pull)
        where coalesce(sourced.place <= $cap_source, true)
    )
select
    pair_id,
    'source' as cap
from sourced
where place > $cap_source
union all
select
    pair_id,
    'model' as cap
from modelled
where place > $cap_model
