-- reads: ratings_kept, event_units, kept_candidates
-- grain: candidate x metric x rubric_id x rater, for raters with several units on the prompt
-- why: a rater speaks once, with the mean over the events
select
    ratings_kept.candidate_no,
    ratings_kept.metric,
    event_units.rubric_id,
    event_units.rater_kind as level,
    event_units.rater_no,
    (sum(ratings_kept.value_units)::double / count(*))::bigint as value_units
from ratings_kept
join event_units using (event_no)
join kept_candidates using (candidate_no)
where event_units.rater_kind != 'reward_model'
group by all
