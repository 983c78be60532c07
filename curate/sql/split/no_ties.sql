-- reads: nothing
-- grain: no row
-- why: with group_by = "prompt" nothing ties two prompts together
select
    null::integer as prompt_no,
    null::varchar as tie
where false
