-- reads: live_events, event_answers, candidate_keys
-- grain: live event x answer it ranks
-- why: a verdict of equals without an order puts all sampled answers into one tier
with
    given_tiers as (
        select
            event_no,
            prompt_no,
            unnest(tiers) as tier,
            generate_subscripts(tiers, 1) as tier_no
        from live_events
        where tiers is not null
    ),
    given_places as (
        select
            event_no,
            prompt_no,
            tier_no,
            unnest(tier) as candidate_id
        from given_tiers
    ),
    verdict_places as (
        select
            live_events.event_no,
            live_events.prompt_no,
            1 as tier_no,
            candidate_keys.candidate_id
        from live_events
        join event_answers using (event_no)
        join candidate_keys using (candidate_no)
        where live_events.tiers is null
            and live_events.verdict in ('tie', 'all_good', 'all_bad')
            and candidate_keys.origin = 'sampled'
    ),
    places as (
        select * from given_places
        union all
        select * from verdict_places
    )
select
    places.event_no,
    places.candidate_id,
    candidate_keys.candidate_no,
    places.tier_no::integer as tier_no
from places
left join candidate_keys
    on candidate_keys.candidate_id = places.candidate_id
    and candidate_keys.prompt_no = places.prompt_no
