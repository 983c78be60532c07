-- reads: preferences, veto_rows
-- grain: preference x vetoing metric that some deciding rater scored on both answers
-- why: means are over the raters who decide the pair and scored both; unscored never vetoes
with
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
    (sum(round(chosen_mean)::decimal(18, 0))::double / (count(*) * 1000000))::decimal(18, 6) as chosen_mean,
    (sum(round(rejected_mean)::decimal(18, 0))::double / (count(*) * 1000000))::decimal(18, 6) as rejected_mean
from rater_means
group by all
