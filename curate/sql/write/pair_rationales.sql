-- reads: pair_order, rationales
-- grain: pair or tie
-- why: what raters said, which may be long
select
    pair_order.place,
    coalesce(rationales.rationales, []) as rationales
from pair_order
left join rationales using (pair_id)
where pair_order.target = $target
order by pair_order.place
