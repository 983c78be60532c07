-- reads: events, raw_prompts, raw_candidates
-- grain: live event of a person x answer that it gives a reason for
-- why: what may be expanded, the first so many by id, without the words of questions and answers; is_known
--      is false where no pull has the prompt or the answer, which is told and not passed over
with
    said as (
        select
            event_id,
            prompt_id,
            unnest(answers) as answer
        from events
        where rater.kind = 'human'
            and failure is null
            and reviews is null
    ),
    known as (
        select distinct
            raw_candidates.prompt_id,
            raw_candidates.candidate_id
        from raw_candidates
        semi join raw_prompts using (prompt_id)
    )
select
    said.event_id,
    said.prompt_id,
    said.answer.candidate_id as candidate_id,
    said.answer.rationales as rationales,
    known.candidate_id is not null as is_known
from said
left join known
    on known.prompt_id = said.prompt_id
    and known.candidate_id = said.answer.candidate_id
where cardinality(said.answer.rationales) > 0
order by said.prompt_id, candidate_id, said.event_id
limit $limit
