-- reads: changes, a_dropped, b_dropped, a_ties, b_ties
-- grain: pair that was added, lost or flipped, and what became of it in the build that lacks it
-- why: a pair goes with its prompt, with an answer, by itself, or as a tie; a prompt that is unrated is so
--      for what left before; what nobody dropped was not compared there. Behind the reason, `part` says
--      which cap it was, or what of a near copy was near
with
    gone as (
        select 'added' as change, level, id, step, reason, detail from a_dropped
        union all
        select 'lost' as change, level, id, step, reason, detail from b_dropped
    ),
    tied as (
        select 'added' as change, chosen_id, rejected_id from a_ties
        union all
        select 'lost' as change, chosen_id, rejected_id from b_ties
    ),
    sought as (
        select pair_id, change, 1 as place, 'prompt' as level, prompt_id as id from changes
        union all
        select pair_id, change, 2 as place, 'candidate' as level, one_id as id from changes
        union all
        select pair_id, change, 2 as place, 'candidate' as level, other_id as id from changes
        union all
        select pair_id, change, 3 as place, 'pair' as level, md5(one_id || other_id) as id from changes
        union all
        select pair_id, change, 3 as place, 'pair' as level, md5(other_id || one_id) as id from changes
    ),
    fates as (
        select
            sought.pair_id,
            case when gone.step = 'pair' and sought.level = 'prompt' then 5 else sought.place end as place,
            gone.step,
            gone.reason,
            case
                when gone.reason = 'over_cap' then split_part(gone.detail, ': ', 2)
                when gone.reason != 'near_duplicate' then null
                when gone.level = 'prompt' or gone.detail = 'with its prompt' then 'near prompt'
                when starts_with(gone.detail, 'boilerplate') then 'boilerplate'
                else 'near answer'
            end as part
        from sought
        join gone using (change, level, id)
        union all
        select
            changes.pair_id,
            4 as place,
            'pair' as step,
            'tie' as reason,
            null::varchar as part
        from changes
        join tied
            on tied.change = changes.change
            and least(tied.chosen_id, tied.rejected_id) = changes.one_id
            and greatest(tied.chosen_id, tied.rejected_id) = changes.other_id
    ),
    first_fates as (
        select *
        from fates
        qualify row_number() over (partition by pair_id order by place, step, reason, part) = 1
    )
select
    changes.change,
    changes.pair_id,
    changes.prompt_id,
    case when changes.change = 'flipped' then 'pair' else coalesce(first_fates.step, 'load') end as step,
    case when changes.change = 'flipped' then 'votes' else coalesce(first_fates.reason, 'not compared') end as reason,
    coalesce(first_fates.part, '') as part
from changes
left join first_fates using (pair_id)
order by changes.change, step, reason, changes.pair_id
