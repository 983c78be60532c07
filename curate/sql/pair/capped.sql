-- reads: policy_pairs, candidate_keys
-- grain: pair that the policy took, with whether a cap takes it out
-- why: at most two pairs a prompt in which an answer that an annotator wrote is chosen, and two in which
--      one is rejected (DESIGN 5.5); and per_prompt
with
    with_origin as (
        select
            policy_pairs.*,
            case
                when chosen.origin = 'written' then 'chosen'
                when rejected.origin = 'written' then 'rejected'
            end as written
        from policy_pairs
        join candidate_keys as chosen
            on chosen.candidate_no = policy_pairs.chosen_no
        join candidate_keys as rejected
            on rejected.candidate_no = policy_pairs.rejected_no
    ),
    within_written as (
        select
            *,
            written is not null
            and row_number() over (
                partition by prompt_no, written
                order by md5($pair_seed || pair_id)
            ) > 2 as over_written
        from with_origin
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
