-- reads: events, raw_prompts (every pull's prompts, with the pull's folder name)
-- grain: one live event of a person about a prompt that only one pull has
-- why: forgetting that pull would leave these votes without their prompt
with
    only_here as (
        select prompt_id
        from raw_prompts
        group by prompt_id
        having min(pull) = $pull
            and max(pull) = $pull
    )
select
    event_id,
    prompt_id
from events
semi join only_here using (prompt_id)
where rater.kind = 'human'
    and reviews is null
