-- reads: nothing
-- grain: no row
-- why: the columns of verdicts before the first is there
select
    null::integer as one_no,
    null::integer as other_no,
    null::integer as prompt_no,
    null::tinyint as basis,
    null::tinyint as precedence,
    null::tinyint as level_no,
    null::bigint as n_raters,
    null::varchar as outcome,
    null::decimal(18, 6) as agreement,
    null::decimal(18, 6) as difference,
    null::decimal(18, 6) as share,
    null::decimal(18, 6) as tier_gap
where false
