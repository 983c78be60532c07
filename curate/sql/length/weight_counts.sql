-- reads: length_weights
-- grain: one row
-- why: what the weights could not balance: strata with one side only, and those at the bound
select
    count(*) as n_pairs,
    count(*) filter (one_sided) as n_one_sided,
    count(*) filter (bounded) as n_bounded
from length_weights
