-- reads: nothing
-- grain: no row
-- why: without [dedupe] boilerplate nothing is looked for
select
    null::bigint as label,
    null::bigint as n_answers,
    null::bigint as n_prompts
where false
