-- reads: ratings_kept, event_units, kept_candidates, survivors, repeat_raters
-- grain: candidate x metric of a rubric x rater
-- why: a rater speaks once, with the mean over the events; a copy's scores count for the answer it was
--      dropped onto
with
    homes as (
        select
            candidate_no,
            candidate_no as home_no
        from kept_candidates
        union all
        select
            survivors.candidate_no,
            survivors.survivor_no as home_no
        from survivors
        join kept_candidates
            on kept_candidates.candidate_no = survivors.survivor_no
    ),
    rated as (
        select
            homes.home_no as candidate_no,
            ratings_kept.scale_no,
            ratings_kept.value_units,
            event_units.unit_no,
            event_units.rater_no,
            event_units.level_no,
            repeat_raters.rater_no is not null as repeated
        from ratings_kept
        join event_units using (event_no)
        join homes using (candidate_no)
        left join repeat_raters
            on repeat_raters.prompt_no = event_units.prompt_no
            and repeat_raters.rater_no = event_units.rater_no
    ),
    unit_values as (
        select
            candidate_no,
            scale_no,
            level_no,
            rater_no,
            min(value_units) as value_units
        from rated
        where repeated
        group by candidate_no, scale_no, level_no, rater_no, unit_no
    )
select
    candidate_no,
    scale_no,
    level_no,
    value_units
from rated
where not repeated
union all
select
    candidate_no,
    scale_no,
    level_no,
    round(sum(value_units)::double / count(*))::bigint as value_units
from unit_values
group by candidate_no, scale_no, level_no, rater_no
