-- reads: given_vectors (key, embedding), prompts, pool
-- grain: one prompt to select from that a file has an embedding of
-- why: who embeds a data set before it is pulled knows a row by the source's own key
select
    pool.place,
    '' as part,
    given_vectors.embedding,
    null::varchar as fault
from pool
join prompts using (prompt_id)
join given_vectors
    on given_vectors.key = prompts.source_key
