-- reads: tasks, raw_candidates
-- grain: task to send x answer of its set x pull that has the answer
-- why: as task_prompts, which this is read beside
select
    tasks.place,
    raw_candidates.prompt_id,
    raw_candidates.candidate_id,
    raw_candidates.response,
    raw_candidates.source
from tasks
join raw_candidates using (prompt_id)
where tasks.place between $first_place and $last_place
    and contains(tasks.answer_set, raw_candidates.candidate_id)
order by
    tasks.place,
    raw_candidates.candidate_id,
    raw_candidates.pull
