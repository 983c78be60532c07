-- reads: kept_pairs, splits
-- grain: pair or tie
-- why: place is where the row stands in its table, which is sorted by split, so that a reader of one
--      split skips the others, then by prompt_id and pair_id
select
    kept_pairs.pair_id,
    kept_pairs.target,
    splits.split,
    splits.label,
    (
        row_number() over (
            order by kept_pairs.target, splits.split, kept_pairs.prompt_no, kept_pairs.pair_id
        )
    )::integer as place
from kept_pairs
join splits using (prompt_no)
