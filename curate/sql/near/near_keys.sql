-- reads: near_singles
-- grain: text x key that another text of its scope has too
-- why: n_docs is how many have it; next_key is the key after it in the text's own order, the first after the
--      last, which parts what shares only a common phrase
with
    listed as (
        select
            doc_no,
            scope,
            n_shingles,
            keys,
            unnest(keys) as key,
            generate_subscripts(keys, 1) as place
        from near_singles
    ),
    counted as (
        select
            scope,
            key,
            count(*) as n_docs
        from listed
        group by scope, key
        having count(*) > 1
    )
select
    listed.doc_no,
    listed.scope,
    listed.key,
    counted.n_docs,
    coalesce(listed.keys[listed.place + 1], listed.keys[1]) as next_key
from listed
join counted using (scope, key)
