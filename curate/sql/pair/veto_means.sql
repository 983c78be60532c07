-- reads: preferences, ratings_kept, rating_scales, event_units, rubrics, vetoes, survivors
-- grain: preference x vetoing metric that some deciding rater scored on both answers
-- why: means are over the raters who decide the pair and scored both; unscored never vetoes
with
    veto_rows as (
        select
            event_units.unit_no,
            event_units.rater_no,
            event_units.precedence,
            coalesce(survivors.survivor_no, ratings_kept.candidate_no) as candidate_no,
            rating_scales.metric,
            min(ratings_kept.value_units) as value_units
        from ratings_kept
        join rating_scales using (scale_no)
        join vetoes using (metric)
        join event_units using (event_no)
        join rubrics
            on rubrics.rubric_no = event_units.rubric_no
            and rubrics.accepted
        left join survivors using (candidate_no)
        where event_units.level_no < 4
        group by all
    ),
    rater_means as (
        select
            preferences.chosen_no,
            preferences.rejected_no,
            chosen.metric,
            chosen.rater_no,
            sum(chosen.value_units)::double / count(*) as chosen_mean,
            sum(rejected.value_units)::double / count(*) as rejected_mean
        from preferences
        join veto_rows as chosen
            on chosen.candidate_no = preferences.chosen_no
            and chosen.precedence = preferences.precedence
        join veto_rows as rejected
            on rejected.candidate_no = preferences.rejected_no
            and rejected.unit_no = chosen.unit_no
            and rejected.metric = chosen.metric
        group by all
    )
select
    chosen_no,
    rejected_no,
    metric,
    (sum(chosen_mean::decimal(18, 0))::double / (count(*) * 1000000))::decimal(18, 6) as chosen_mean,
    (sum(rejected_mean::decimal(18, 0))::double / (count(*) * 1000000))::decimal(18, 6) as rejected_mean
from rater_means
group by all
