-- reads: splits, events; $rater and $version of a reward model
-- grain: prompt that did not leave the build, with the answers that did not
-- why: what the model said of a prompt before is in its newest live event; that it fits the answers of
--      today is for who reads it to say
with
    said as (
        select
            prompt_id,
            event_id,
            request_hash,
            flags,
            answers
        from events
        where rater.kind = 'reward_model'
            and rater.id = $rater
            and rater.version = $version
        qualify row_number() over (partition by prompt_id order by "at" desc, event_id) = 1
    )
select
    splits.prompt_id,
    splits.component,
    splits.candidate_ids,
    said.event_id,
    said.request_hash,
    coalesce(said.flags, []) as flags,
    coalesce(said.answers, []) as answers
from splits
left join said using (prompt_id)
where array_length(splits.candidate_ids) > 0
order by splits.prompt_id
