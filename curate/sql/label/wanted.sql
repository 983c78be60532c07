-- reads: routes, raw_candidates
-- grain: one prompt that people are to rate
-- why: answers are those that the route froze, as far as they are still there; ids are joined into one
--      text, as the server's tasks are compared by
with
    routed as (
        select
            prompt_id,
            greatest(raters, 1) as raters,
            candidate_ids
        from routes
        where "to" in ('human', 'both')
    ),
    answers as (
        select distinct
            raw_candidates.prompt_id,
            raw_candidates.candidate_id
        from raw_candidates
        join routed using (prompt_id)
        where list_contains(routed.candidate_ids, raw_candidates.candidate_id)
    ),
    sets as (
        select
            prompt_id,
            string_agg(candidate_id, ' ' order by candidate_id) as answer_set,
            count(*) as n_answers
        from answers
        group by prompt_id
    )
select
    routed.prompt_id,
    routed.raters,
    coalesce(sets.answer_set, '') as answer_set,
    coalesce(sets.n_answers, 0) as n_answers
from routed
left join sets using (prompt_id)
