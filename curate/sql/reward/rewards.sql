-- reads: reward_events, raw_events, candidate_keys
-- grain: current event of a reward model x answer it scores
-- why: units are millionths, so that sums are sums of integers; a reward that cannot count has a fault, as
--      have scores without one, such as ratings by a rubric
with
    listed as (
        select
            reward_events.event_no,
            reward_events.prompt_no,
            list_filter(
                string_split(reward_events.rubric_id, ','), lambda part: starts_with(part, 'reward:')
            )[1] as scale,
            unnest(raw_events.answers) as answer
        from reward_events
        join raw_events using (event_no)
    ),
    scaled as (
        select
            event_no,
            prompt_no,
            answer.candidate_id as candidate_id,
            answer.scores['reward'] as reward,
            try_cast(split_part(scale, ':', 2) as double) as scale_min,
            try_cast(split_part(scale, ':', 3) as double) as scale_max
        from listed
        where cardinality(answer.scores) > 0
    ),
    checked as (
        select
            scaled.event_no,
            candidate_keys.candidate_no,
            scaled.reward,
            case
                when candidate_keys.candidate_no is null then 'mismatched_prompt'
                when scaled.reward is null then 'no_reward'
                when scaled.reward between scaled.scale_min and scaled.scale_max
                    and abs(scaled.reward) <= 1000000
                    then null
                else 'out_of_scale'
            end as fault
        from scaled
        left join candidate_keys
            on candidate_keys.candidate_id = scaled.candidate_id
            and candidate_keys.prompt_no = scaled.prompt_no
    )
select
    event_no,
    candidate_no,
    case when fault is null then round(reward * 1000000)::bigint end as units,
    fault
from checked
