-- reads: nothing
-- grain: one journal
-- why: it was read, or written, up to here
insert or replace into journals (name, size)
values ($name, $size)
