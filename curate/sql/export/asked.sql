-- reads: splits, prompts, raw_prompts, pull_licences
-- grain: prompt that did not leave the build
-- why: what every row of an export has of its prompt; the first pull that brought it speaks, as in prompts
with
    first_pulls as (
        select
            prompt_id,
            min(pull) as pull
        from raw_prompts
        group by prompt_id
    )
select
    splits.prompt_id,
    splits.split,
    splits.component,
    prompts.messages,
    prompts.media,
    prompts.source,
    prompts.source_key,
    pull_licences.licence,
    prompts.attributes,
    prompts.reference
from splits
join prompts using (prompt_id)
join first_pulls using (prompt_id)
left join pull_licences using (pull)
order by splits.prompt_id
