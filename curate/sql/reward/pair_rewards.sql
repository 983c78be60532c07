-- reads: kept_pairs, rewards, reward_events, survivors, splits, regrouped
-- grain: pair x event of a reward model that scored both its answers
-- why: a difference is taken within one event (DESIGN 5.1), in millionths, positive where the chosen answer
--      has the higher reward; an answer speaks for itself where the event scored it, else by a copy that was
--      dropped onto it; refusal says why the event gives no delta, null where it does
with
    homes as (
        select
            rewards.event_no,
            coalesce(survivors.survivor_no, rewards.candidate_no) as home_no,
            rewards.units
        from rewards
        left join survivors using (candidate_no)
        where rewards.fault is null
        qualify row_number() over (
            partition by rewards.event_no, coalesce(survivors.survivor_no, rewards.candidate_no)
            order by survivors.survivor_no is not null, rewards.candidate_no
        ) = 1
    )
select
    kept_pairs.pair_id,
    chosen.units - rejected.units as units,
    case
        when reward_events.rater != $reward_model then 'other_model'
        when reward_events.claim != 'cross_fitted' then reward_events.claim
        when reward_events.version != $reward_version then 'other_version'
        when regrouped.label is not null then 'regrouped'
    end as refusal
from kept_pairs
join homes as chosen
    on chosen.home_no = kept_pairs.chosen_no
join homes as rejected
    on rejected.home_no = kept_pairs.rejected_no
    and rejected.event_no = chosen.event_no
join reward_events
    on reward_events.event_no = chosen.event_no
join splits
    on splits.prompt_no = kept_pairs.prompt_no
left join regrouped
    on regrouped.label = splits.label
where kept_pairs.target = 'pairs'
