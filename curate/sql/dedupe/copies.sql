-- reads: altered, raw_candidates, candidate_keys, event_answers
-- grain: answer that shares its normal form with another answer of its prompt
-- why: place orders the copies: the most voted on first, then the smallest candidate_id; forms are compared
--      by their md5, so that no text is sorted or kept
with
    asked_again as (
        select distinct prompt_no
        from altered
    ),
    plain_forms as (
        select
            candidate_keys.candidate_no,
            candidate_keys.prompt_no,
            md5(raw_candidates.response) as form
        from candidate_keys
        join asked_again using (prompt_no)
        join raw_candidates
            on raw_candidates.candidate_id = candidate_keys.candidate_id
            and raw_candidates.pull = candidate_keys.pull
        anti join altered using (candidate_no)
    ),
    forms as (
        select * from altered
        union all
        select * from plain_forms
    ),
    shared as (
        select
            prompt_no,
            form
        from forms
        group by prompt_no, form
        having count(*) > 1
    ),
    votes as (
        select
            candidate_no,
            count(*) as n_votes
        from event_answers
        where candidate_no in (select candidate_no from forms)
        group by candidate_no
    )
select
    forms.candidate_no,
    forms.prompt_no,
    forms.form,
    row_number() over (
        partition by forms.prompt_no, forms.form
        order by coalesce(votes.n_votes, 0) desc, forms.candidate_no
    ) as place
from forms
join shared using (prompt_no, form)
left join votes using (candidate_no)
