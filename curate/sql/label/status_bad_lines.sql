-- reads: status_lines
-- grain: line of a journal that is no event
-- why: must return nothing: a vote that cannot be read stops the count and is never skipped
select event_id
from status_lines
where event_id is null
    or prompt_id is null
    or "at" is null
    or rater.id is null
    or rater.kind is null
    or rater.kind not in ('human', 'source')
limit 1
