-- reads: vector_parts
-- grain: length of embeddings
-- why: the length that most have is the one that counts, the longer one of two as frequent
select
    array_length(embedding) as n_numbers,
    count(*) as n
from vector_parts
where embedding is not null
    and array_length(embedding) > 0
group by array_length(embedding)
order by n desc, n_numbers desc
limit 1
