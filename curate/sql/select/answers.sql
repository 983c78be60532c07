-- reads: candidates, pool, disputes (prompts on which votes can be compared)
-- grain: one of the first eight answers of a prompt without such votes
-- why: with more answers the pairs of one prompt would be most of the work
select
    (row_number() over (order by candidates.candidate_id) - 1)::bigint as doc_no,
    pool.place::bigint as scope,
    candidates.response as text
from candidates
join pool using (prompt_id)
anti join disputes using (prompt_id)
qualify row_number() over (partition by pool.place order by candidates.candidate_id) <= 8
