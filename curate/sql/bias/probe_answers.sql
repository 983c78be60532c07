-- reads: probe_votes, candidate_keys, raw_candidates, raw_prompts, prompt_keys, families
-- grain: answer that was voted on, with its characters, its author's family, and whether it is a refusal
-- why: of several models the first by name stands for all; on a safety prompt a refusal is often right
with
    voted as (
        select one_no as candidate_no from probe_votes
        union
        select other_no as candidate_no from probe_votes
    )
select
    candidate_keys.candidate_no,
    length(raw_candidates.response)::bigint as characters,
    families.family,
    coalesce(raw_candidates.attributes['refusal'] = 'true', false) as is_refusal,
    coalesce(
        lower(coalesce(raw_prompts.attributes['task_type'], raw_prompts.attributes['category'])) = 'safety', false
    ) as is_safety
from voted
join candidate_keys using (candidate_no)
join raw_candidates using (candidate_id, pull)
join prompt_keys using (prompt_no)
join raw_prompts
    on raw_prompts.prompt_id = prompt_keys.prompt_id
    and raw_prompts.pull = prompt_keys.pull
left join families
    on families.name = list_min(list_transform(raw_candidates.generations, lambda made: made.model))
