-- reads: pair_order, provenance
-- grain: pair or tie
-- why: the events behind a pair, which may be many
select
    pair_order.place,
    provenance.provenance
from pair_order
left join provenance using (pair_id)
where pair_order.target = $target
order by pair_order.place
