-- reads: pairs
-- grain: one pair, as the JSON that the page shows of it without its votes, and its media
-- why: made in the engine, since rows as deep as these are slow in Python
select
    pair_id,
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
from pairs
order by prompt_id, pair_id
