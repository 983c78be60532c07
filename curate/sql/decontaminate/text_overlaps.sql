-- reads: signatures, prompt_sketches, common_items
-- grain: prompt x benchmark's row that share a run of words that says something
-- why: n_telling counts such runs; n_shared counts all, of n_row in the benchmark's row
with
    telling as (
        select
            sign_no,
            unnest(shingles) as shingle
        from signatures
        where shingles is not null
    ),
    asked as (
        select
            doc_no,
            unnest(shingles) as shingle
        from prompt_sketches
    ),
    met as (
        select
            asked.doc_no,
            telling.sign_no,
            count(*) as n_telling
        from asked
        join telling using (shingle)
        anti join common_items
            on common_items.item = asked.shingle
        group by asked.doc_no, telling.sign_no
    )
select
    met.doc_no as prompt_no,
    met.sign_no,
    met.n_telling,
    array_length(list_intersect(prompt_sketches.shingles, signatures.shingles)) as n_shared,
    array_length(signatures.shingles) as n_row
from met
join prompt_sketches using (doc_no)
join signatures using (sign_no)
