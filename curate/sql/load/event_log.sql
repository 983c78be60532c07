-- reads: raw_events
-- grain: one line of a journal
-- why: all of an event but its answers, which are read again where they are counted: kept here they would
--      be most of the build's memory; is_event holds the rules of the event's model that a vote depends
--      on, for a JSON reader takes any object
select
    event_no,
    event_id,
    supersedes,
    coalesce(deleted, false) as deleted,
    coalesce(final, false) as final,
    reviews,
    expands,
    prompt_id,
    rater.kind as rater_kind,
    rater.id as rater,
    rater.version as rater_version,
    rubric_id,
    rubric_hash,
    overall_scale,
    coalesce(sample, 0) as sample,
    coalesce(order_no, 0)::integer as order_no,
    array_length(answers) as n_answers,
    coalesce(array_length(list_filter(answers, lambda answer: cardinality(answer.scores) > 0)) > 0, false) as is_scored,
    tiers,
    verdict,
    coalesce(confirmed, true) as confirmed,
    rationale,
    failure.reason as failure,
    coalesce(
        event_id is not null
        and "at" is not null
        and prompt_id is not null
        and rater.kind in ('human', 'judge', 'source', 'reward_model')
        and rater.id != ''
        and (
            failure is null
            or failure.reason in (
                'blocked', 'unparsable', 'truncated', 'timeout', 'refused_by_server', 'budget',
                'no_critique', 'new_claim', 'changed_verdict'
            )
        )
        and (verdict is null or verdict in ('ranked', 'tie', 'all_good', 'all_bad'))
        and (overall_scale is null or array_length(overall_scale) = 2)
        and (
            answers is null
            or array_length(answers) = 0
            or array_length(list_distinct(list_transform(answers, lambda answer: answer.candidate_id)))
            = array_length(answers)
        )
        and (
            tiers is null
            or array_length(tiers) = 0
            or (
                array_length(list_filter(tiers, lambda tier: tier is null)) = 0
                and array_length(list_distinct(flatten(tiers))) = array_length(flatten(tiers))
            )
        )
        and (
            rubric_id is not null
            or answers is null
            or array_length(list_filter(answers, lambda answer: cardinality(answer.scores) > 0)) = 0
        ),
        false
    ) as is_event
from raw_events
