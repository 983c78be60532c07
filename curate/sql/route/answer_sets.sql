-- reads: candidate_keys, prompt_keys, routes_before
-- grain: prompt with an answer
-- why: the answers that are rated: those that were frozen, as far as they are still there, else all that
--      may be routed; written answers come with the ranking of who wrote them (DESIGN 5.5)
with
    frozen as (
        select
            prompt_keys.prompt_no,
            routes_before.candidate_ids
        from routes_before
        join prompt_keys using (prompt_id)
        where routes_before.frozen
            and not $refresh
    ),
    now as (
        select
            candidate_keys.prompt_no,
            list(candidate_keys.candidate_id order by candidate_keys.candidate_no) as candidate_ids
        from candidate_keys
        anti join frozen using (prompt_no)
        where candidate_keys.origin = 'sampled'
            or $written
        group by candidate_keys.prompt_no
    ),
    kept as (
        select
            candidate_keys.prompt_no,
            coalesce(
                list(candidate_keys.candidate_id order by candidate_keys.candidate_no)
                    filter (list_contains(frozen.candidate_ids, candidate_keys.candidate_id)),
                []
            ) as candidate_ids,
            bool_or(
                (candidate_keys.origin = 'sampled' or $written)
                and not list_contains(frozen.candidate_ids, candidate_keys.candidate_id)
            ) as has_late_answers
        from candidate_keys
        join frozen using (prompt_no)
        group by candidate_keys.prompt_no
    )
select
    prompt_no,
    candidate_ids,
    false as kept,
    false as has_late_answers
from now
union all
select
    prompt_no,
    candidate_ids,
    true as kept,
    has_late_answers
from kept
