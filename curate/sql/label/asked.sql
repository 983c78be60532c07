-- reads: asked_page (a page of a project's tasks)
-- grain: one task
-- why: the server's task list goes into the engine page by page, so that memory stays flat
select *
from asked_page
