-- reads: pair_events, reasons, kept_pairs
-- grain: pair
-- why: what the raters of a pair said of its two answers and of the order; engines differ in where null sorts
--      inside a struct, so what may be null is sorted by whether it is
with
    told as (
        select
            pair_events.pair_id,
            list_sort(
                list_distinct(
                    list(
                        struct_pack(
                            rater := reasons.rater,
                            kind := reasons.kind,
                            of_order := reasons.candidate_id is null,
                            candidate_id := reasons.candidate_id,
                            of_all := reasons.metric is null,
                            metric := reasons.metric,
                            text := reasons.text
                        )
                    )
                )
            ) as reasons
        from pair_events
        join reasons using (event_no)
        join kept_pairs using (pair_id)
        where reasons.candidate_id is null
            or reasons.candidate_id in (kept_pairs.chosen_id, kept_pairs.rejected_id)
        group by pair_events.pair_id
    )
select
    pair_id,
    list_transform(
        reasons,
        lambda reason: struct_pack(
            rater := reason.rater,
            kind := reason.kind,
            candidate_id := reason.candidate_id,
            metric := reason.metric,
            text := reason.text
        )
    ) as rationales
from told
