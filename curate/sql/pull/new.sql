-- reads: prompts, candidates, events, raw_prompts, raw_candidates, raw_events (what the workspace has)
-- grain: one row
-- why: a source pulled again, whole or grown, says what it adds
select
    (select count(*) from prompts anti join raw_prompts using (prompt_id)) as prompts,
    (select count(*) from candidates anti join raw_candidates using (candidate_id)) as candidates,
    (select count(*) from events anti join raw_events using (event_id)) as events
