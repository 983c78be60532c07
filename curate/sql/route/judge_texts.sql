-- reads: decisions, prompt_keys, candidate_keys, raw_prompts, raw_candidates
-- grain: text that a judge is to be shown
-- why: what a judge costs is counted from its texts; the first pull by name speaks for a prompt
with
    judged as (
        select prompt_keys.*
        from decisions
        join prompt_keys using (prompt_id)
        where decisions."to" in ('judge', 'both')
    ),
    questions as (
        select
            judged.prompt_no,
            flatten(
                list_transform(raw_prompts.messages, lambda message: list_transform(message.parts, lambda part: part.text))
            ) as texts,
            case when $use_reference then raw_prompts.reference end as reference
        from judged
        join raw_prompts
            on raw_prompts.prompt_id = judged.prompt_id
            and raw_prompts.pull = judged.pull
    )
select
    judged.prompt_no,
    true as is_answer,
    raw_candidates.response as text
from raw_candidates
join candidate_keys using (candidate_id, pull)
join judged
    on judged.prompt_no = candidate_keys.prompt_no
union all
select
    prompt_no,
    false as is_answer,
    unnest(list_append(texts, reference)) as text
from questions
