-- reads: reward_events
-- grain: reward model in one version, with rewards that may give a delta, the newest version first
-- why: rewards of two models, or of two trainings of one, are on scales of their own
select
    rater,
    version
from reward_events
where claim = 'cross_fitted'
group by rater, version
order by rater, max(given_at) desc, version desc
