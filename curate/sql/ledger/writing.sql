-- reads: nothing
-- grain: the batch under way (at most one row): the journal it goes into, and where it begins
-- why: after a kill only what follows there has to be read
create table if not exists writing (
    name text not null,
    start integer not null
)
