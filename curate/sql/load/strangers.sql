-- reads: event_log, prompt_keys
-- grain: vote on a prompt that no pull has
-- why: a vote on a prompt that was taken back, or that came from another workspace, is reported, unless
--      it was superseded itself; rewards are none, and are counted on their own
select
    min(event_log.event_no) as event_no,
    event_log.event_id
from event_log
left join prompt_keys using (prompt_id)
where prompt_keys.prompt_id is null
    and not event_log.deleted
    and event_log.reviews is null
    and event_log.expands is null
    and event_log.rater_kind != 'reward_model'
    and event_log.event_id not in (select supersedes from event_log where supersedes is not null)
group by event_log.event_id
