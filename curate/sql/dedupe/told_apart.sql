-- reads: copies, ratings_kept, event_units, tier_places, live_events
-- grain: two copies that some rater tells apart
-- why: an answer is dropped only onto a survivor that no rater tells it from
with
    copy_values as (
        select
            event_units.unit_no,
            copies.home_no,
            copies.prompt_no,
            copies.form,
            ratings_kept.scale_no,
            ratings_kept.value_units
        from ratings_kept
        join copies using (candidate_no)
        join event_units using (event_no)
    ),
    copy_tiers as (
        select
            tier_places.event_no,
            copies.home_no,
            copies.prompt_no,
            copies.form,
            tier_places.tier_no
        from tier_places
        join copies using (candidate_no)
        join live_events using (event_no)
        where live_events.confirmed
    )
select distinct
    one.home_no as one_no,
    other.home_no as other_no
from copy_values as one
join copy_values as other
    on other.unit_no = one.unit_no
    and other.scale_no = one.scale_no
    and other.prompt_no = one.prompt_no
    and other.form = one.form
where other.home_no != one.home_no
    and other.value_units != one.value_units
union
select distinct
    one.home_no as one_no,
    other.home_no as other_no
from copy_tiers as one
join copy_tiers as other
    on other.event_no = one.event_no
    and other.form = one.form
where other.home_no != one.home_no
    and other.tier_no != one.tier_no
