-- reads: event_units, rating_rows
-- grain: event of a rater who scored one answer twice, differently, within one unit
-- why: nothing says which of the two is meant, so neither counts
with
    pointwise_rows as (
        select
            event_units.unit_no,
            rating_rows.event_no,
            rating_rows.candidate_no,
            rating_rows.scale_no,
            rating_rows.value_units
        from rating_rows
        join event_units using (event_no)
        where event_units.pointwise
            and rating_rows.fault is null
    ),
    torn as (
        select distinct
            unit_no,
            candidate_no
        from pointwise_rows
        group by unit_no, candidate_no, scale_no
        having min(value_units) < max(value_units)
    )
select distinct
    pointwise_rows.event_no,
    pointwise_rows.candidate_no
from pointwise_rows
join torn using (unit_no, candidate_no)
