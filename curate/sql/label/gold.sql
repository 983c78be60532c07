-- reads: gold_prompts, raw_candidates, vote_events
-- grain: gold prompt
-- why: its answers are those the workspace has, but for what annotators wrote; its order is known where the
--      source or a final event compares two of them; draw is the place in a draw by seed
with
    answers as (
        select distinct
            raw_candidates.prompt_id,
            raw_candidates.candidate_id
        from raw_candidates
        join gold_prompts using (prompt_id)
        where raw_candidates.origin <> 'written'
    ),
    sets as (
        select
            prompt_id,
            list(candidate_id order by candidate_id) as candidate_ids
        from answers
        group by prompt_id
    ),
    known as (
        select distinct prompt_id
        from vote_events
        join sets using (prompt_id)
        where (vote_events.rater_kind = 'source' or vote_events.final)
            and vote_events.rater_kind <> 'reward_model'
            and greatest(
                array_length(list_intersect(flatten(vote_events.tiers), sets.candidate_ids)),
                array_length(
                    list_intersect(
                        list_transform(
                            list_filter(
                                vote_events.answers, lambda answer: cardinality(answer.scores) > 0
                            ),
                            lambda answer: answer.candidate_id
                        ),
                        sets.candidate_ids
                    )
                )
            ) >= 2
    )
select
    gold_prompts.prompt_id,
    coalesce(array_to_string(sets.candidate_ids, ' '), '') as answer_set,
    coalesce(array_length(sets.candidate_ids), 0) as n_answers,
    gold_prompts.prompt_id in (select prompt_id from known) as is_known,
    md5($gold_seed || gold_prompts.prompt_id) as draw
from gold_prompts
left join sets using (prompt_id)
