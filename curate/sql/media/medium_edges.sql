-- reads: medium_looks, medium_numbers
-- grain: two media that show the same
-- why: half of the looks of the one that has fewer must be the other's, so that two videos do not become one
--      by a title they share; every medium is held against the first that has a look of it
with
    numbered as (
        select
            medium_looks.look,
            medium_numbers.medium_no,
            medium_numbers.n_looks
        from medium_looks
        join medium_numbers using (medium)
    ),
    met as (
        select distinct
            min(medium_no) over (partition by look) as one_no,
            medium_no as other_no
        from numbered
    )
select
    met.one_no,
    met.other_no
from met
join numbered as one
    on one.medium_no = met.one_no
join numbered as other
    on other.medium_no = met.other_no
    and other.look = one.look
where met.one_no != met.other_no
group by met.one_no, met.other_no, one.n_looks, other.n_looks
having 2 * count(*) >= least(one.n_looks, other.n_looks)
