-- reads: nothing
-- grain: no row
-- why: without [pairs] length_weights every pair weighs 1
select
    null::varchar as pair_id,
    null::boolean as one_sided,
    null::boolean as bounded,
    null::decimal(18, 6) as length_weight
where false
