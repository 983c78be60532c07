-- reads: reward_events, splits
-- grain: component of this build that one version of the reward model scored as parts of several
-- why: an event says that its model never trained on the prompt's component. Where components were joined
--      since, by a picture or a text that came later, a model may have trained on one and scored another, so
--      no claim for any of them holds (DESIGN 5.8)
select splits.label
from reward_events
join splits using (prompt_no)
where reward_events.rater = $reward_model
    and reward_events.version = $reward_version
    and reward_events.component is not null
group by splits.label
having count(distinct reward_events.component) > 1
