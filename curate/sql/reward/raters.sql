-- reads: reward_events
-- grain: reward model that scored anything
-- why: a name that was mistyped in [score] reward_model is told from one whose rewards do not count
select distinct rater
from reward_events
order by rater
