-- reads: staged_prompts (of a push), raw_prompts (what the workspace has)
-- grain: one prompt with an unread medium
-- why: its id is over a path that may be cut, so nothing checks it; it must not stand for a prompt that
--      the workspace knows with other messages or media
select distinct prompt_id
from staged_prompts
join raw_prompts using (prompt_id)
where list_contains(list_transform(staged_prompts.media, lambda medium: medium.sha256 is null), true)
    and (
        staged_prompts.messages is distinct from raw_prompts.messages
        or list_transform(staged_prompts.media, lambda medium: [medium.kind, medium.sha256])
            is distinct from list_transform(raw_prompts.media, lambda medium: [medium.kind, medium.sha256])
    )
order by prompt_id
