-- reads: nothing
-- grain: no row
-- why: without [pairs] cap, mix or max_tokens no pair leaves for them
select
    null::varchar as pair_id,
    null::varchar as cap
where false
