-- reads: wanted, asked
-- grain: one row: prompts in projects for another number of raters than they are routed to
-- why: a prompt stays where it was pushed, so the number its routes ask for has no effect any more
select count(distinct wanted.prompt_id) as prompts
from wanted
join asked using (prompt_id, answer_set)
where asked.purpose = 'work'
    and asked.raters <> wanted.raters
    and not wanted.is_gold
