-- reads: entries
-- grain: an index of what is on the server
-- why: a task's annotations are looked up to tell which of them are gone, a project's to count them
create index if not exists entries_by_task on entries (project, task, vote_id)
where latest and here
