-- reads: pair_events, reasons, kept_pairs, candidate_keys
-- grain: pair
-- why: what the raters of a pair said of its two answers and of the order
select
    pair_events.pair_id,
    list_sort(
        list_distinct(
            list(
                struct_pack(
                    rater := reasons.rater,
                    kind := reasons.kind,
                    candidate_id := reasons.candidate_id,
                    metric := reasons.metric,
                    text := reasons.text
                )
            )
        )
    ) as rationales
from pair_events
join reasons using (event_no)
join kept_pairs using (pair_id)
where reasons.candidate_id is null
    or reasons.candidate_id in (kept_pairs.chosen_id, kept_pairs.rejected_id)
group by pair_events.pair_id
