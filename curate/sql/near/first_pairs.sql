-- reads: near_keys, near_singles
-- grain: text and the one that stands for most of the keys it shares
-- why: one pair a text joins a family of any size; what it misses is looked for among what is not joined
with
    leaders as (
        select
            doc_no,
            min(doc_no) over (partition by scope, key) as leader_no
        from near_keys
    ),
    counted as (
        select
            doc_no,
            leader_no,
            count(*) as n_keys
        from leaders
        where leader_no != doc_no
        group by doc_no, leader_no
    ),
    chosen as (
        select *
        from counted
        qualify row_number() over (partition by doc_no order by n_keys desc, leader_no) = 1
    )
select
    chosen.leader_no as one_no,
    chosen.doc_no as other_no
from chosen
join near_singles using (doc_no)
where chosen.n_keys >= least($shared_keys, near_singles.n_shingles)
