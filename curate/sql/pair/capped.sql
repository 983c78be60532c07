-- reads: policy_pairs
-- grain: pair that the policy took, with whether a cap takes it out
-- why: at most two pairs a prompt in which an answer that an annotator wrote is chosen, and two in which
--      one is rejected (DESIGN 5.5); and per_prompt
with
    within_written as (
        select
            *,
            written is not null
            and row_number() over (
                partition by prompt_no, written
                order by md5($pair_seed || pair_id)
            ) > 2 as over_written
        from policy_pairs
    )
select
    * exclude (written),
    over_written
    or coalesce(
        row_number() over (
            partition by prompt_no, over_written
            order by margin desc nulls last, tier_gap desc nulls last, pair_id
        ) > $per_prompt,
        false
    ) as over_cap
from within_written
