-- reads: routes, raw_candidates, gold_prompts
-- grain: one prompt that people are to rate, or that was routed to them and is gold
-- why: answers are those that the route froze, as far as they are still there; ids are joined into one
--      text, as the server's tasks are compared by. Texts are gathered only where an answer is gone, since
--      counts can spill to disk and texts cannot
with
    routed as (
        select
            prompt_id,
            greatest(raters, 1) as raters,
            list_sort(list_distinct(candidate_ids)) as candidate_ids
        from routes
        where "to" in ('human', 'both')
    ),
    frozen as (
        select
            prompt_id,
            unnest(candidate_ids) as candidate_id
        from routed
    ),
    answers as (
        select *
        from frozen
        semi join raw_candidates using (prompt_id, candidate_id)
    ),
    counts as (
        select
            prompt_id,
            count(*) as n_answers
        from answers
        group by prompt_id
    ),
    torn as (
        select routed.prompt_id
        from routed
        join counts using (prompt_id)
        where counts.n_answers < array_length(routed.candidate_ids)
    ),
    mended as (
        select
            prompt_id,
            string_agg(candidate_id, ' ' order by candidate_id) as answer_set
        from answers
        semi join torn using (prompt_id)
        group by prompt_id
    )
select
    routed.prompt_id,
    routed.raters,
    routed.prompt_id in (select prompt_id from gold_prompts) as is_gold,
    case
        when counts.n_answers is null then ''
        else coalesce(mended.answer_set, array_to_string(routed.candidate_ids, ' '))
    end as answer_set,
    coalesce(counts.n_answers, 0) as n_answers
from routed
left join counts using (prompt_id)
left join mended using (prompt_id)
