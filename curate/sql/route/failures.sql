-- reads: live_events
-- grain: prompt on which a judge's judgement did not come
-- why: a failure stands until the same request came, as for the judge itself
with
    came as (
        select distinct request_hash
        from live_events
        where rater_kind = 'judge'
            and failure is null
            and request_hash is not null
    )
select
    prompt_no,
    list_sort(list_distinct(list(failure))) as failures
from live_events
anti join came using (request_hash)
where rater_kind = 'judge'
    and failure is not null
group by prompt_no
