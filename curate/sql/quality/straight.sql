-- reads: event_answers, event_units
-- grain: cluster of prompts x rater
-- why: sheets of three answers or more, and those that score all of them alike on every metric
with
    sheets as (
        select
            event_units.unit_no,
            (event_units.prompt_no % $clusters)::integer as cluster_no,
            event_units.rater_no,
            min(event_answers.value_units) = max(event_answers.value_units) as straight
        from event_answers
        join event_units using (event_no)
        where event_answers.candidate_no is not null
            and event_answers.n_ratings > 0
            and event_units.precedence between 1 and 3
        group by event_units.unit_no, event_units.prompt_no, event_units.rater_no
        having count(*) >= 3
    )
select
    cluster_no,
    rater_no,
    count(*)::double as n_sheets,
    count(*) filter (straight)::double as n_straight
from sheets
group by cluster_no, rater_no
order by rater_no, cluster_no
