-- reads: pair_lengths, over_caps, over_mix, over_longer, kept_pairs
-- grain: all pairs (place 0), those of each of the 40 categories that lost most, and the others (place 41)
-- why: what drawing pairs away by their length took
with
    drawn as (
        select
            pair_lengths.category,
            pair_lengths.prompt_no,
            pair_lengths.margin,
            pair_lengths.pair_id in (select pair_id from over_longer) as is_lost,
            pair_lengths.prompt_no in (select prompt_no from kept_pairs where target = 'pairs') as has_pairs
        from pair_lengths
        anti join over_caps using (pair_id)
        anti join over_mix using (pair_id)
    ),
    placed as (
        select
            category,
            least(row_number() over (order by count(*) filter (is_lost) desc, category), 41) as shown_place
        from drawn
        group by category
        having count(*) filter (is_lost) > 0
    ),
    told as (
        select 0 as shown_place, * from drawn
        union all
        select placed.shown_place, drawn.* from drawn join placed using (category)
    )
select
    shown_place,
    min(category) as category,
    count(distinct category) as n_categories,
    count(*) filter (is_lost) as n_lost,
    count(distinct case when is_lost and not has_pairs then prompt_no end) as n_prompts,
    sum(case when is_lost then margin end)::double / nullif(count(margin) filter (is_lost), 0) as margin_lost,
    sum(case when not is_lost then margin end)::double / nullif(count(margin) filter (not is_lost), 0) as margin_kept
from told
group by shown_place
order by shown_place
