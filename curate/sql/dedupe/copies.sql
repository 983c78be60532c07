-- reads: altered, altered_forms, raw_candidates, candidate_keys, event_answers
-- grain: answer that shares its normal form with another answer of its prompt
-- why: place orders the copies: the most voted on first, then the smallest candidate_id; forms are compared
--      by their md5, so that no text is sorted or kept, and only texts as long as a form are looked at
with
    sought as (
        select distinct
            prompt_id,
            n_bytes
        from altered_forms
    ),
    as_long as (
        select
            raw_candidates.candidate_id,
            raw_candidates.pull,
            md5(raw_candidates.response) as form
        from raw_candidates
        join sought
            on sought.prompt_id = raw_candidates.prompt_id
            and sought.n_bytes = strlen(raw_candidates.response)
    ),
    plain_forms as (
        select
            candidate_keys.candidate_no,
            candidate_keys.prompt_no,
            as_long.form
        from as_long
        join candidate_keys using (candidate_id, pull)
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
    forms.candidate_no as home_no,
    forms.prompt_no,
    forms.form,
    row_number() over (
        partition by forms.prompt_no, forms.form
        order by coalesce(votes.n_votes, 0) desc, forms.candidate_no
    ) as place
from forms
join shared using (prompt_no, form)
left join votes using (candidate_no)
