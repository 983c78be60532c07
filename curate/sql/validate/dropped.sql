-- reads: bad_ratings, double_labels, event_answers, rubrics, tier_places, strangers, event_log, candidate_keys
-- grain: one rating, rank place or whole event that cannot count
-- why: a bad vote is a row with a reason, and the rest of its event stays
with
    torn as (
        select
            event_answers.event_no,
            event_answers.candidate_no,
            unnest(rubrics.metrics) as metric,
            unnest(event_answers.value_units) as value_units
        from double_labels
        join event_answers using (event_no, candidate_no)
        join rubrics
            on rubrics.rubric_no = event_answers.rubric_no
    ),
    bad_votes as (
        select
            event_no,
            candidate_no,
            fault as reason,
            detail,
            stranger_id as other_id
        from bad_ratings
        union all
        select
            event_no,
            candidate_no,
            'contradiction' as reason,
            metric || ' is scored twice, differently' as detail,
            null::varchar as other_id
        from torn
        where value_units is not null
        union all
        select
            event_no,
            null::bigint as candidate_no,
            'mismatched_prompt' as reason,
            'ranked, but no answer to this prompt' as detail,
            candidate_id as other_id
        from tier_places
        where candidate_no is null
        union all
        select
            strangers.event_no,
            null::bigint as candidate_no,
            'mismatched_prompt' as reason,
            'a vote on a prompt that no pull has' as detail,
            event_log.prompt_id as other_id
        from strangers
        join event_log using (event_no)
    )
select
    'row' as level,
    event_log.event_id as id,
    event_log.rater as source,
    null::bigint as line,
    'validate' as step,
    bad_votes.reason,
    bad_votes.detail,
    coalesce(candidate_keys.candidate_id, bad_votes.other_id) as other_id,
    null::decimal(18, 6) as score
from bad_votes
join event_log using (event_no)
left join candidate_keys using (candidate_no)
