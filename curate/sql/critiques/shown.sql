-- reads: comments, raw_prompts, raw_candidates
-- grain: comment on a known answer, in the order of critiques/listed
-- why: a comment beside the question and the answer that it is about
with
    first_prompts as (
        select
            prompt_id,
            messages,
            media
        from raw_prompts
        semi join comments using (prompt_id)
        qualify row_number() over (partition by prompt_id order by pull) = 1
    ),
    first_candidates as (
        select
            candidate_id,
            response
        from raw_candidates
        semi join comments using (candidate_id)
        qualify row_number() over (partition by candidate_id order by pull) = 1
    )
select
    comments.event_id,
    comments.prompt_id,
    comments.candidate_id,
    comments.rationales,
    comments.is_known,
    first_prompts.messages,
    first_prompts.media,
    first_candidates.response
from comments
join first_prompts using (prompt_id)
join first_candidates using (candidate_id)
where comments.is_known
order by comments.prompt_id, comments.candidate_id, comments.event_id
