-- reads: nothing
-- grain: no row
-- why: without [dedupe] response_jaccard no answers are compared
select
    null::varchar as pair_id,
    null::decimal(18, 6) as similarity
where false
