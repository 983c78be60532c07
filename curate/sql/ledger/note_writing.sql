-- reads: nothing
-- grain: the batch under way
-- why: after a kill the journal tells from here on what became of it
insert into writing (name, start)
values ($name, $start)
