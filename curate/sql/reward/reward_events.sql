-- reads: current_events, event_log, raw_events
-- grain: current event of a reward model about a known prompt
-- why: claim is what the event says of the model that scored: that it never trained on the prompt's
--      component (cross_fitted), that it did (in_sample, which wins), or nothing; component is the one
--      that the claim was made for, null where the event names none
with
    flagged as (
        select
            current_events.event_no,
            current_events.prompt_no,
            event_log.rater,
            coalesce(event_log.rater_version, '') as version,
            event_log.rubric_id,
            raw_events."at" as given_at,
            coalesce(raw_events.flags, []) as flags
        from current_events
        join event_log using (event_no)
        join raw_events using (event_no)
        where current_events.level_no = 4
            and event_log.failure is null
            and $reward_deltas
    )
select
    * exclude (flags),
    case
        when list_contains(flags, 'in_sample') then 'in_sample'
        when list_contains(flags, 'cross_fitted') then 'cross_fitted'
        else 'unflagged'
    end as claim,
    substr(list_filter(flags, lambda flag: starts_with(flag, 'component:'))[1], 11) as component
from flagged
