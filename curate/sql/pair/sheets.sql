-- reads: answer_totals, kept_candidates, survivors, event_units
-- grain: unit x surviving candidate
-- why: a copy's vote counts for the answer it was dropped onto; no rater tells the two apart, so
--      within one unit their totals are equal
select
    answer_totals.unit_no,
    event_units.prompt_no,
    event_units.rater_no,
    event_units.level_no,
    event_units.precedence,
    answer_totals.basis,
    kept_candidates.candidate_no,
    min(answer_totals.total) as total,
    min(answer_totals.span) as span
from answer_totals
join event_units using (event_no)
left join survivors using (candidate_no)
join kept_candidates
    on kept_candidates.candidate_no = coalesce(survivors.survivor_no, answer_totals.candidate_no)
group by all
