-- reads: said_answers, splits
-- grain: one row: votes on answers that left the build
-- why: the raw votes that a reader is given are not all, and are told to be
with
    kept as (
        select
            prompt_id,
            unnest(candidate_ids) as candidate_id
        from splits
    )
select count(*) as left_out
from said_answers
anti join kept using (prompt_id, candidate_id)
