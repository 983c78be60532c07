-- reads: live_events, raw_events, drawn_prompts
-- grain: answer that people gave reasons for
-- why: the short reasons that stand beside each answer of the benchmark, each said once
with
    told as (
        select unnest(raw_events.answers) as answer
        from live_events
        join drawn_prompts using (prompt_no)
        join raw_events using (event_no)
        where live_events.level_no = 1
    ),
    worded as (
        select
            answer.candidate_id as candidate_id,
            unnest(map_values(answer.rationales)) as text
        from told
        where cardinality(answer.rationales) > 0
    )
select
    candidate_id,
    string_agg(distinct text, chr(10) || chr(10) order by text) as text
from worded
where trim(text) <> ''
group by candidate_id
