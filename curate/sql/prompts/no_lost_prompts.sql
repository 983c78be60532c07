-- reads: nothing
-- grain: no row
-- why: later statements add the prompts that leave, with the step and the reason
select
    null::integer as prompt_no,
    null::varchar as step,
    null::varchar as reason,
    null::varchar as detail,
    null::varchar as other_id,
    null::decimal(18, 6) as score
where false
