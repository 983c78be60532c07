-- reads: rating_rows, double_labels, tier_places, strangers, event_log, candidate_keys
-- grain: one rating or rank place that cannot count
-- why: a bad vote is a row with a reason, and the rest of its event stays
with
    bad_ratings as (
        select
            event_no,
            candidate_no,
            metric,
            value_units,
            fault as reason
        from rating_rows
        where fault is not null
        union all
        select
            event_no,
            candidate_no,
            metric,
            value_units,
            'contradiction' as reason
        from rating_rows
        join double_labels using (event_no, candidate_no)
        where fault is null
    ),
    bad_places as (
        select
            event_no,
            candidate_id,
            tier_no
        from tier_places
        where candidate_no is null
    )
select
    'row' as level,
    event_log.event_id as id,
    event_log.rater as source,
    null::bigint as line,
    'validate' as step,
    bad_ratings.reason,
    bad_ratings.metric || coalesce(' = ' || (bad_ratings.value_units / 1000000)::varchar, '') as detail,
    candidate_keys.candidate_id as other_id,
    null::decimal(18, 6) as score
from bad_ratings
join event_log using (event_no)
left join candidate_keys using (candidate_no)
union all
select
    'row' as level,
    event_log.event_id as id,
    event_log.rater as source,
    null::bigint as line,
    'validate' as step,
    'mismatched_prompt' as reason,
    'ranked, but no answer to this prompt' as detail,
    bad_places.candidate_id as other_id,
    null::decimal(18, 6) as score
from bad_places
join event_log using (event_no)
union all
select
    'row' as level,
    strangers.event_id as id,
    event_log.rater as source,
    null::bigint as line,
    'validate' as step,
    'mismatched_prompt' as reason,
    'a vote on a prompt that no pull has' as detail,
    event_log.prompt_id as other_id,
    null::decimal(18, 6) as score
from strangers
join event_log using (event_no)
