-- reads: pair_rewards, reward_deltas
-- grain: reason why a reward model that scored a pair gave it no delta
-- why: a pair counts once, for what is nearest to giving it one
with
    nearest as (
        select
            pair_id,
            min(list_position(['regrouped', 'other_version', 'in_sample', 'unflagged', 'other_model'], refusal)) as place
        from pair_rewards
        anti join reward_deltas using (pair_id)
        group by pair_id
    )
select
    ['regrouped', 'other_version', 'in_sample', 'unflagged', 'other_model'][place] as refusal,
    count(*) as n_pairs
from nearest
group by place
order by place
