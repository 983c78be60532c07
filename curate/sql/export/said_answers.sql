-- reads: events
-- grain: live event x answer that it scores, gives a reason for or ranks
-- why: a vote is an event, but what it says is about answers; a failure says nothing, neither a review nor an
--      expansion is a vote, and a reward model never votes
with
    cast_votes as materialized (
        select
            prompt_id,
            event_id,
            rater,
            rubric_id,
            rubric_hash,
            sample,
            order_no,
            answers,
            tiers,
            verdict,
            confirmed,
            final,
            rationale
        from events
        where failure is null
            and reviews is null
            and expands is null
            and rater.kind != 'reward_model'
    ),
    scored as (
        select
            * exclude (answers),
            unnest(answers) as answer
        from cast_votes
    ),
    ranked_only as (
        select
            * exclude (answers),
            unnest(
                list_filter(
                    flatten(tiers),
                    lambda ranked: not list_contains(
                        list_transform(answers, lambda answer: answer.candidate_id), ranked
                    )
                )
            ) as candidate_id
        from cast_votes
        where tiers is not null
    ),
    said as (
        select
            * exclude (answer),
            answer.candidate_id as candidate_id,
            answer.position as position,
            answer.scores::map(varchar, decimal(18, 6)) as scores,
            answer.rationales as rationales
        from scored
        union all by name
        select *
        from ranked_only
    )
select
    prompt_id,
    candidate_id,
    event_id,
    rater.kind as rater_kind,
    rater.id as rater,
    rater.version as rater_version,
    rubric_id,
    rubric_hash,
    sample,
    order_no,
    position,
    coalesce(scores, map {}) as scores,
    coalesce(rationales, map {}) as rationales,
    list_position(
        list_transform(tiers, lambda tier: list_contains(tier, candidate_id)), true
    ) as tier,
    verdict,
    confirmed,
    final,
    rationale
from said
order by prompt_id
