-- reads: review_quotas
-- grain: one rater
-- why: told to the lead, in the order of the raters' ids
select
    rater,
    n_votes,
    n_drawn,
    n_missing
from review_quotas
order by rater
