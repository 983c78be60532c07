-- reads: split_answers, survivors, candidate_keys, event_units, answer_totals, kept_candidates
-- grain: unit x surviving candidate, of units that may have two rows for one
-- why: a copy's vote counts for the answer it was dropped onto; no rater tells the two apart, so within
--      one unit their totals are equal; only units with a copy or with an answer in several events are
--      grouped
with
    mixed_units as (
        select unit_no
        from split_answers
        union
        select event_units.unit_no
        from survivors
        join candidate_keys using (candidate_no)
        join event_units using (prompt_no)
    )
select
    answer_totals.unit_no,
    answer_totals.prompt_no,
    answer_totals.rater_no,
    answer_totals.level_no,
    answer_totals.precedence,
    answer_totals.basis,
    kept_candidates.candidate_no,
    min(answer_totals.total) as total,
    min(answer_totals.span) as span
from mixed_units
join answer_totals using (unit_no)
left join survivors using (candidate_no)
join kept_candidates
    on kept_candidates.candidate_no = coalesce(survivors.survivor_no, answer_totals.candidate_no)
group by all
