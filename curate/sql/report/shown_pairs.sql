-- reads: pairs, votes
-- grain: one pair, as the JSON that the page shows, and its media
-- why: made in the engine, since rows as deep as these are slow in Python; a vote is told by what it says
--      of the two answers alone
with
    voted as (
        select
            pairs.*,
            list_transform(
                list_filter(
                    coalesce(votes.votes, []),
                    lambda vote: list_has_any(
                        list_transform(vote.answers, lambda answer: answer.candidate_id),
                        [chosen_id, rejected_id]
                    )
                    or list_has_any(flatten(coalesce(vote.tiers, [])), [chosen_id, rejected_id])
                ),
                lambda vote: struct_pack(
                    event := left(vote.event_id, 12),
                    counted := list_contains(provenance, vote.event_id),
                    kind := vote.kind,
                    rater := vote.rater,
                    version := vote.version,
                    chosen := list_filter(vote.answers, lambda answer: answer.candidate_id = chosen_id)[1],
                    rejected := list_filter(vote.answers, lambda answer: answer.candidate_id = rejected_id)[1],
                    chosen_tier := list_position(
                        list_transform(vote.tiers, lambda tier: list_contains(tier, chosen_id)), true
                    ),
                    rejected_tier := list_position(
                        list_transform(vote.tiers, lambda tier: list_contains(tier, rejected_id)), true
                    ),
                    verdict := vote.verdict,
                    confirmed := vote.confirmed,
                    final := vote.final,
                    reason := vote.reason,
                    flags := vote.flags
                )
            ) as shown_votes
        from pairs
        left join votes using (prompt_id)
    )
select
    to_json(
        struct_pack(
            id := pair_id,
            prompt := prompt_id,
            turns := messages,
            media := list_transform(
                media,
                lambda medium: struct_pack(
                    kind := medium.kind,
                    sha256 := medium.sha256,
                    width := medium.width,
                    height := medium.height,
                    frames := len(medium.frames)
                )
            ),
            chosen := struct_pack(
                id := chosen_id, text := chosen, models := chosen_models, scores := chosen_scores
            ),
            rejected := struct_pack(
                id := rejected_id, text := rejected, models := rejected_models, scores := rejected_scores
            ),
            votes := shown_votes,
            reference := reference,
            margin := margin_raw,
            share := margin,
            tier_gap := tier_gap,
            agreement := agreement,
            raters := n_raters,
            level := level,
            split := split,
            policy := policy,
            similarity := similarity,
            delta := delta,
            delta_source := delta_source,
            prompt_weight := prompt_weight,
            length_weight := length_weight,
            source := source,
            key := source_key,
            licence := licence,
            attributes := attributes,
            provenance := provenance
        )
    )::varchar as shown,
    media
from voted
order by prompt_id, pair_id
