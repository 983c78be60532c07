-- reads: drafts, prompt_keys, raw_prompts
-- grain: prompt that has pairs, with the category that its source gives it, or null
-- why: a name is short: what is longer than 200 characters is cut, so that a text in its place stays small
select
    prompt_keys.prompt_no,
    prompt_keys.prompt_id,
    prompt_keys.pull,
    substring(nullif(trim(raw_prompts.attributes['category'], $outer_space), ''), 1, 200) as category
from raw_prompts
join prompt_keys using (prompt_id, pull)
where prompt_keys.prompt_no in (select prompt_no from drafts)
