-- reads: judge_prompts, known, fresh (as known, of the run that goes on)
-- grain: one prompt that is to be judged, in the order of ids
-- why: all that decides what is still to be asked about a prompt stands in one row, so that no set of all
--      judgements is held in memory; `failed` and `failed_now` are hash:reason:event_id
with
    before as (
        select
            prompt_id,
            string_agg(request_hash, ' ') filter (came) as came,
            string_agg(request_hash || ':' || reason || ':' || event_id, ' ') filter (not came) as failed
        from known
        group by prompt_id
    ),
    now as (
        select
            prompt_id,
            string_agg(request_hash, ' ') filter (came) as came,
            string_agg(request_hash || ':' || reason || ':' || event_id, ' ') filter (not came) as failed
        from fresh
        group by prompt_id
    )
select
    judge_prompts.prompt_id,
    judge_prompts.candidate_ids,
    judge_prompts.looks,
    judge_prompts.fault,
    judge_prompts.reference,
    coalesce(before.came, '') as came,
    coalesce(before.failed, '') as failed,
    coalesce(now.came, '') as came_now,
    coalesce(now.failed, '') as failed_now
from judge_prompts
left join before using (prompt_id)
left join now using (prompt_id)
order by judge_prompts.prompt_id
