-- reads: pair_rewards
-- grain: pair with a reward difference that counts
-- why: delta is the mean of the model's differences, as a sum of integers and one division (DESIGN 5.6)
select
    pair_id,
    (sum(units)::double / (count(*) * 1000000))::decimal(18, 6) as delta
from pair_rewards
where refusal is null
group by pair_id
