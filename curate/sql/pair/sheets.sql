-- reads: answer_totals, kept_candidates, survivors, split_answers
-- grain: unit x surviving candidate
-- why: a copy's vote counts for the answer it was dropped onto; no rater tells the two apart, so
--      within one unit their totals are equal; only units with a copy or with an answer in several
--      events can have two rows to join, and all others are spared the grouping
with
    mixed_units as (
        select unit_no
        from split_answers
        union
        select answer_totals.unit_no
        from answer_totals
        join survivors using (candidate_no)
    )
select
    answer_totals.unit_no,
    answer_totals.prompt_no,
    answer_totals.rater_no,
    answer_totals.level_no,
    answer_totals.precedence,
    answer_totals.basis,
    answer_totals.candidate_no,
    answer_totals.total,
    answer_totals.span
from answer_totals
join kept_candidates using (candidate_no)
anti join mixed_units using (unit_no)
union all
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
from answer_totals
join mixed_units using (unit_no)
left join survivors using (candidate_no)
join kept_candidates
    on kept_candidates.candidate_no = coalesce(survivors.survivor_no, answer_totals.candidate_no)
group by all
