-- reads: prompts, pool
-- grain: one prompt to select from that has the attribute
-- why: an embedding that came with the source is a list of numbers in an attribute's text
select
    pool.place,
    prompts.attributes[$attribute] as text
from prompts
join pool using (prompt_id)
where prompts.attributes[$attribute] is not null
order by pool.place
