-- reads: pair_lengths, kept_pairs
-- grain: pair whose answers differ in length, with its stratum and its weight
-- why: within a category and a stratum of the ratio of lengths, longer and shorter chosen answers weigh the
--      same and the mean is 1; a weight is at most 5, and where a side is empty there is nothing to balance
with
    sides as (
        select
            pair_lengths.pair_id,
            pair_lengths.category,
            pair_lengths.chosen_characters > pair_lengths.rejected_characters as is_longer,
            greatest(pair_lengths.chosen_characters, pair_lengths.rejected_characters) as more,
            least(pair_lengths.chosen_characters, pair_lengths.rejected_characters) as less
        from pair_lengths
        join kept_pairs using (pair_id)
        where kept_pairs.target = 'pairs'
            and pair_lengths.chosen_characters != pair_lengths.rejected_characters
    ),
    strata as (
        select
            pair_id,
            category,
            is_longer,
            case
                when 4 * more <= 5 * less then 1
                when 2 * more <= 3 * less then 2
                when more <= 2 * less then 3
                when more <= 4 * less then 4
                else 5
            end as stratum
        from sides
    ),
    sized as (
        select
            *,
            count(*) over (partition by category, stratum) as n,
            count(*) over (partition by category, stratum, is_longer) as n_alike
        from strata
    )
select
    pair_id,
    n = n_alike as one_sided,
    n != n_alike and (10 * n_alike < n or 10 * (n - n_alike) < n) as bounded,
    (
        case
            when n = n_alike then 1.0::double
            when 10 * n_alike < n then 5.0::double
            when 10 * (n - n_alike) < n then (n - 5 * (n - n_alike))::double / n_alike
            else n::double / (2 * n_alike)
        end
    )::decimal(18, 6) as length_weight
from sized
