-- reads: prompts, candidates, events, dropped
-- grain: one row of the pull
-- why: a pull is named by its content; an event's id is its content but for the time it was pulled
select digest
from (
    select 1 as place, prompt_id as id, sha256(to_json(prompts)::varchar) as digest
    from prompts
    union all
    select 2, candidate_id, sha256(to_json(candidates)::varchar)
    from candidates
    union all
    select 3, event_id, event_id
    from events
    union all
    select 4, '', sha256(to_json(dropped)::varchar)
    from dropped
)
order by place, id, digest
