-- reads: pair_units, answer_totals, survivors, kept_pairs, rank_places
-- grain: pair x event that compared its two answers at the level that decided it
-- why: the proof of where a pair came from
with
    scored as (
        select distinct
            pair_units.pair_id,
            answer_totals.event_no
        from pair_units
        join kept_pairs using (pair_id)
        join answer_totals using (unit_no)
        left join survivors using (candidate_no)
        where coalesce(survivors.survivor_no, answer_totals.candidate_no)
            in (kept_pairs.chosen_no, kept_pairs.rejected_no)
    ),
    ranked as (
        select
            kept_pairs.pair_id,
            one.event_no
        from kept_pairs
        join rank_places as one
            on one.candidate_no = kept_pairs.chosen_no
            and one.basis = kept_pairs.basis
        join rank_places as other
            on other.candidate_no = kept_pairs.rejected_no
            and other.event_no = one.event_no
        where kept_pairs.precedence = one.precedence
    )
select * from scored
union
select * from ranked
