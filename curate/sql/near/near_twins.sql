-- reads: near_sketches
-- grain: text whose set of shingles another text of its scope has too
-- why: templates and refusals come in thousands; one of them goes on and stands for all
select
    doc_no,
    twin_no
from (
    select
        doc_no,
        min(doc_no) over (partition by scope, n_shingles, set_hash) as twin_no
    from near_sketches
    where n_shingles > 0
)
where twin_no != doc_no
