-- reads: nothing
-- grain: no row
-- why: with group_by = "prompt" nothing ties two prompts together
select
    null::bigint as prompt_no,
    null::varchar as picture
where false
