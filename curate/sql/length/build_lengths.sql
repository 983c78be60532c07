-- reads: pair_lengths, kept_pairs, length_weights
-- grain: pair of the build, with its category where that is one of the 40 largest, and its weight
-- why: a source may have any number of categories, and a table that people read has not
with
    kept as (
        select
            pair_lengths.category,
            pair_lengths.chosen_characters,
            pair_lengths.rejected_characters,
            coalesce(length_weights.length_weight, 1)::decimal(18, 6) as length_weight
        from pair_lengths
        join kept_pairs using (pair_id)
        left join length_weights using (pair_id)
        where kept_pairs.target = 'pairs'
    ),
    largest as (
        select
            category,
            row_number() over (order by count(*) desc, category) as place
        from kept
        group by category
    )
select
    kept.*,
    largest.place,
    case when largest.place <= 40 then largest.place else 41 end as shown_place
from kept
join largest using (category)
