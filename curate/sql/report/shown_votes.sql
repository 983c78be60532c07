-- reads: pairs, events
-- grain: pair x live vote on either of its answers, as the JSON that the page shows
-- why: flat rows are sorted on disk, where lists of them by prompt would all have to be in memory; the
--      order is that of report/shown_pairs, then by rater
with
    voted as (
        select
            prompt_id,
            event_id,
            rater,
            answers,
            coalesce(tiers, []) as tiers,
            verdict,
            confirmed,
            final,
            rationale,
            flags
        from events
        where failure is null
            and reviews is null
            and expands is null
            and rater.kind != 'reward_model'
    ),
    told as (
        select
            pairs.prompt_id,
            pairs.pair_id,
            voted.event_id,
            voted.rater,
            list_contains(pairs.provenance, voted.event_id) as counted,
            list_filter(voted.answers, lambda answer: answer.candidate_id = pairs.chosen_id)[1] as chosen,
            list_filter(voted.answers, lambda answer: answer.candidate_id = pairs.rejected_id)[1] as rejected,
            list_position(
                list_transform(voted.tiers, lambda tier: list_contains(tier, pairs.chosen_id)), true
            ) as chosen_tier,
            list_position(
                list_transform(voted.tiers, lambda tier: list_contains(tier, pairs.rejected_id)), true
            ) as rejected_tier,
            voted.verdict,
            voted.confirmed,
            voted.final,
            voted.rationale,
            voted.flags
        from pairs
        join voted using (prompt_id)
    )
select
    pair_id,
    to_json(
        struct_pack(
            event := left(event_id, 12),
            counted := counted,
            kind := rater.kind,
            rater := rater.id,
            version := rater.version,
            chosen := struct_pack(scores := chosen.scores, rationales := chosen.rationales),
            rejected := struct_pack(scores := rejected.scores, rationales := rejected.rationales),
            chosen_tier := chosen_tier,
            rejected_tier := rejected_tier,
            verdict := verdict,
            confirmed := confirmed,
            final := final,
            reason := rationale,
            flags := flags
        )
    )::varchar as vote
from told
where chosen is not null
    or rejected is not null
    or chosen_tier is not null
    or rejected_tier is not null
order by prompt_id, pair_id, rater.kind, rater.id, event_id
