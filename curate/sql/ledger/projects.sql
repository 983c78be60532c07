-- reads: nothing
-- grain: a project that was read
-- why: every change up to `since` was taken in; `pulls` were the pulls of prompts when last waited for
create table if not exists projects (
    project text primary key,
    since text,
    pulls text
) without rowid
