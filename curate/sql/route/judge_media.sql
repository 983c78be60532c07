-- reads: decisions, prompt_keys, raw_prompts, answer_sets
-- grain: number of answers x kind and size of a medium
-- why: what a picture costs some judges depends on its sides, counted in steps of their squares
with
    shown as (
        select
            array_length(answer_sets.candidate_ids) as n_answers,
            unnest(raw_prompts.media) as medium
        from decisions
        join prompt_keys using (prompt_id)
        join raw_prompts
            on raw_prompts.prompt_id = prompt_keys.prompt_id
            and raw_prompts.pull = prompt_keys.pull
        join answer_sets using (prompt_no)
        where decisions."to" in ('judge', 'both')
    )
select
    n_answers,
    medium.kind as kind,
    coalesce(array_length(medium.frames), 0) as n_frames,
    case when $by_size then ((medium.width + 27) // 28) * 28 end as width,
    case when $by_size then ((medium.height + 27) // 28) * 28 end as height,
    count(*) as n_media
from shown
group by all
order by all
