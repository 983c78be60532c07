-- reads: tier_places, live_events, rubrics, kept_candidates, survivors
-- grain: confirmed ranking x surviving candidate
-- why: an order nobody confirmed is no vote; an event with only a ranking belongs to every rubric,
--      one with scores to its own
select
    tier_places.event_no,
    live_events.prompt_no,
    live_events.rater_no,
    live_events.level_no,
    live_events.precedence,
    (case
        when not live_events.is_scored or coalesce(rubrics.accepted, false) then 1
        when live_events.overall_scale is not null then 2
    end)::tinyint as basis,
    kept_candidates.candidate_no,
    min(tier_places.tier_no) as tier_no
from tier_places
join live_events using (event_no)
left join rubrics
    on rubrics.rubric_no = live_events.rubric_no
left join survivors using (candidate_no)
join kept_candidates
    on kept_candidates.candidate_no = coalesce(survivors.survivor_no, tier_places.candidate_no)
where live_events.confirmed
    and (
        not live_events.is_scored
        or coalesce(rubrics.accepted, false)
        or live_events.overall_scale is not null
    )
group by all
