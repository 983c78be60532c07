-- reads: shown_answers
-- grain: level x place x cluster of prompts
-- why: how far the total given in a place lies from the mean of its event, in points; drawn orders give every
--      place the same answers on average, so without an effect of the place this is 0
with
    events as (
        select
            event_no,
            avg(total) as mean,
            count(*) as n_answers
        from shown_answers
        where total is not null
        group by event_no
        having count(*) > 1
    )
select
    case shown_answers.level_no when 1 then 'human' when 2 then 'judge' else 'source' end as part,
    shown_answers.place,
    shown_answers.prompt_no % $clusters as cluster,
    sum(shown_answers.total - events.mean) / 10000000000 as counted,
    count(*) as n
from shown_answers
join events using (event_no)
where shown_answers.total is not null
    and shown_answers.place < 26
group by all
order by all
