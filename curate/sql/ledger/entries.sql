-- reads: nothing
-- grain: an annotation as one pull found it; its latest row is what was pulled last
-- why: rows of earlier pulls stay, since they hold again where a later journal was moved away
create table if not exists entries (
    sequence integer primary key,
    vote_id text not null,
    project text not null,
    task integer not null,
    number integer not null,
    version text not null,
    event_id text,
    prompt_id text,
    rater text,
    live integer not null,
    here integer not null,
    waits text,
    latest integer not null,
    staged integer not null
)
