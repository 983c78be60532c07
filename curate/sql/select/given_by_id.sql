-- reads: given_vectors (key, embedding), pool
-- grain: one prompt to select from that a file has an embedding of
-- why: a file of embeddings names prompts by their prompt_id
select
    pool.place,
    '' as part,
    given_vectors.embedding,
    null::varchar as fault
from pool
join given_vectors
    on given_vectors.key = pool.prompt_id
