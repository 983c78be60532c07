-- reads: status_events
-- grain: pair of answers x rater who ranked both
-- why: positive where one_id is the better; what a rater ranked twice is one vote
with
    tiers as (
        select
            event_no,
            unnest(tiers) as tier,
            generate_subscripts(tiers, 1) as tier_no
        from status_events
        where tiers is not null
            and compares
    ),
    places as (
        select
            event_no,
            tier_no,
            unnest(tier) as candidate_id
        from tiers
    )
select
    status_events.role,
    status_events.rater,
    status_events.prompt_id,
    one.candidate_id as one_id,
    other.candidate_id as other_id,
    sign(sum(sign(other.tier_no - one.tier_no)))::tinyint as vote
from places as one
join places as other
    on other.event_no = one.event_no
    and other.candidate_id > one.candidate_id
join status_events
    on status_events.event_no = one.event_no
group by all
