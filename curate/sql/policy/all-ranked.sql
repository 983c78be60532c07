-- reads: preferences_left
-- grain: preference
-- why: every pair of answers that raters tell apart (MM-RLHF 4.2)
select *
from preferences_left
