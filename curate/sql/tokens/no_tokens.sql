-- reads: nothing
-- grain: no row
-- why: without [pairs] tokenizer no tokens are counted
select
    null::integer as candidate_no,
    null::bigint as tokens,
    null::varchar as reason
where false
