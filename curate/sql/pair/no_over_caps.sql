-- reads: nothing
-- grain: no row
-- why: without [pairs] cap no pair leaves for its source or model
select
    null::varchar as pair_id,
    null::varchar as cap
where false
