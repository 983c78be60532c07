-- reads: capped
-- grain: pair that is left by the policy and the caps
-- why: what pair filters look at
select * exclude (over_written, over_cap)
from capped
where not over_cap
