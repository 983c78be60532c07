-- reads: raw_events, live_events, candidate_keys, answer_totals, rank_places
-- grain: live event x answer that was shown at a known place, with its total or its tier
-- why: what order does to votes is seen within one event; prompts are numbered by the hash that their ids are,
--      so the first of them are a fair draw, and enough for intervals of a few thousandths
with
    listed as (
        select
            live_events.event_no,
            live_events.prompt_no,
            live_events.rater_no,
            live_events.level_no,
            unnest(raw_events.answers) as answer
        from raw_events
        join live_events using (event_no)
        where live_events.prompt_no <= $probed_prompts
    ),
    placed as (
        select
            listed.event_no,
            listed.prompt_no,
            listed.rater_no,
            listed.level_no,
            listed.answer.position as place,
            candidate_keys.candidate_no
        from listed
        join candidate_keys
            on candidate_keys.candidate_id = listed.answer.candidate_id
            and candidate_keys.prompt_no = listed.prompt_no
        where listed.answer.position is not null
    )
select
    placed.*,
    answer_totals.total,
    rank_places.tier_no
from placed
left join answer_totals
    on answer_totals.event_no = placed.event_no
    and answer_totals.candidate_no = placed.candidate_no
left join rank_places
    on rank_places.event_no = placed.event_no
    and rank_places.candidate_no = placed.candidate_no
