-- reads: nothing
-- grain: no row
-- why: answers copied across prompts leave only where [dedupe] boilerplate = true
select
    null::integer as candidate_no,
    null::integer as survivor_no,
    null::decimal(18, 6) as similarity
where false
