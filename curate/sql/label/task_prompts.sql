-- reads: tasks, raw_prompts, judged
-- grain: task to send x pull that has its prompt, the first pull first
-- why: texts are read for what is sent next, in the order it is sent, so that memory stays flat
select
    tasks.place,
    tasks.raters,
    tasks.is_gold,
    raw_prompts.prompt_id,
    raw_prompts.messages,
    raw_prompts.media,
    raw_prompts.reference,
    raw_prompts.source,
    judged.scores
from tasks
join raw_prompts using (prompt_id)
left join judged using (prompt_id)
where tasks.place between $first_place and $last_place
order by
    tasks.place,
    raw_prompts.pull
