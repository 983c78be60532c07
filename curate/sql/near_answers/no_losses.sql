-- reads: nothing
-- grain: no row
-- why: without [dedupe] response_jaccard no answer leaves as a near copy
select
    null::integer as candidate_no,
    null::integer as survivor_no,
    null::decimal(18, 6) as similarity
where false
