-- reads: pair_lengths, over_caps, over_mix
-- grain: pair whose chosen answer is the longer one, of which its category has too many
-- why: so many stay that they are at most the share of what is left, in whole millionths, so that no
--      rounding decides; drawn by seed, after the other caps
with
    sides as (
        select
            pair_lengths.pair_id,
            pair_lengths.category,
            pair_lengths.chosen_characters > pair_lengths.rejected_characters as is_longer
        from pair_lengths
        anti join over_caps using (pair_id)
        anti join over_mix using (pair_id)
    ),
    sizes as (
        select
            category,
            count(*) filter (not is_longer) as n_others
        from sides
        group by category
    ),
    placed as (
        select
            pair_id,
            category,
            row_number() over (partition by category order by md5($pair_seed || 'longer' || pair_id)) as place
        from sides
        where is_longer
    )
select
    placed.pair_id,
    'longer' as cap
from placed
join sizes using (category)
where placed.place > (sizes.n_others * $cap_longer) // (1000000 - $cap_longer)
