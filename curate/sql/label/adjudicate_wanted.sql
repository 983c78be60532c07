-- reads: disagree, live_events, event_answers, tier_places, candidate_keys
-- grain: one prompt that an expert is to decide
-- why: its answers are those that its raters saw: what they were asked about, and what they ranked but
--      did not write themselves; a rater whose ranking and scores are in conflict counts only where
--      [pairs] on_conflict says that a person decides
with
    disputed as (
        select *
        from disagree
        where agreement < $threshold
            or ($with_conflicts and n_conflicts > 0)
    ),
    people as (
        select
            live_events.event_no,
            live_events.prompt_no
        from live_events
        join disputed using (prompt_no)
        where live_events.level_no = 1
    ),
    seen as (
        select
            people.prompt_no,
            event_answers.candidate_no
        from people
        join event_answers using (event_no)
        union
        select
            people.prompt_no,
            tier_places.candidate_no
        from people
        join tier_places using (event_no)
        join candidate_keys using (candidate_no)
        where candidate_keys.origin = 'sampled'
    ),
    sets as (
        select
            seen.prompt_no,
            string_agg(candidate_keys.candidate_id, ' ' order by candidate_keys.candidate_id) as answer_set,
            count(*) as n_answers
        from seen
        join candidate_keys using (candidate_no)
        group by seen.prompt_no
    )
select
    disputed.prompt_id,
    disputed.agreement,
    1 as raters,
    sets.answer_set,
    sets.n_answers
from disputed
join sets using (prompt_no)
