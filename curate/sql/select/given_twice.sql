-- reads: given_vectors
-- grain: key that a file of embeddings has several times
-- why: which of two embeddings is meant nobody can say
select
    key,
    count(*) as n
from given_vectors
group by key
having count(*) > 1
order by key
limit 1
