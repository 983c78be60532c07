-- reads: survivors, near_losses, boilerplate, lost_rows, candidate_keys
-- grain: answer that is a copy or a near copy, near prompt, and answer that goes with it
-- why: names what it lost to and how near it is
with
    copies as (
        select
            survivors.candidate_no,
            survivors.survivor_no,
            case when near_losses.candidate_no is null then 'duplicate' else 'near_duplicate' end as reason,
            null::varchar as detail,
            coalesce(near_losses.similarity, 1)::decimal(18, 6) as score
        from survivors
        left join near_losses using (candidate_no)
        union all
        select
            candidate_no,
            survivor_no,
            'near_duplicate' as reason,
            'boilerplate: an answer to another prompt' as detail,
            similarity as score
        from boilerplate
    ),
    left_here as (
        select
            'candidate' as level,
            lost.candidate_id as id,
            copies.reason,
            copies.detail,
            kept.candidate_id as other_id,
            copies.score
        from copies
        join candidate_keys as lost using (candidate_no)
        join candidate_keys as kept
            on kept.candidate_no = copies.survivor_no
        union all
        select
            level,
            id,
            reason,
            detail,
            other_id,
            score
        from lost_rows
        where step = 'dedupe'
    )
select
    level,
    id,
    null::varchar as source,
    null::bigint as line,
    'dedupe' as step,
    reason,
    detail,
    other_id,
    score
from left_here
