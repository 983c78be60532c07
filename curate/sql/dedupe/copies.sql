-- reads: altered, raw_candidates, candidate_keys, event_answers
-- grain: answer that shares its normal form with another answer of its prompt
-- why: place orders the copies: the most voted on first, then the smallest candidate_id
with
    siblings as (
        select
            candidate_keys.candidate_no,
            candidate_keys.prompt_no,
            coalesce(altered.normal_form, raw_candidates.response) as normal_form
        from candidate_keys
        join raw_candidates
            on raw_candidates.candidate_id = candidate_keys.candidate_id
            and raw_candidates.pull = candidate_keys.pull
        left join altered using (candidate_no)
        where candidate_keys.prompt_no in (select prompt_no from altered)
    ),
    votes as (
        select
            candidate_no,
            count(*) as n_votes
        from event_answers
        where candidate_no in (select candidate_no from siblings)
        group by candidate_no
    )
select
    siblings.candidate_no,
    siblings.prompt_no,
    md5(siblings.normal_form) as form,
    row_number() over (
        partition by siblings.prompt_no, siblings.normal_form
        order by coalesce(votes.n_votes, 0) desc, siblings.candidate_no
    ) as place
from siblings
left join votes using (candidate_no)
qualify count(*) over (partition by siblings.prompt_no, siblings.normal_form) > 1
