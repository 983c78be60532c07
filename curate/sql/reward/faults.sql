-- reads: rewards, event_log, prompt_keys
-- grain: reason why a reward cannot count
-- why: what cannot count is counted; an event on a prompt that no pull has is one, however many answers it
--      lists
with
    strangers as (
        select distinct event_log.event_id
        from event_log
        anti join prompt_keys using (prompt_id)
        where event_log.rater_kind = 'reward_model'
            and not event_log.deleted
            and event_log.event_id not in (select supersedes from event_log where supersedes is not null)
    ),
    found as (
        select fault
        from rewards
        where fault is not null
        union all
        select 'mismatched_prompt' as fault
        from strangers
    )
select
    fault,
    count(*) as n_rewards
from found
group by fault
order by fault
