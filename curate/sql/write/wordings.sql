-- reads: live_events, rubric_keys
-- grain: wording of the workspace's rubric
-- why: all wordings of one rubric_id count, and are reported (DESIGN 4, rubric)
select
    rubric_hash,
    count(*) as n
from live_events
join rubric_keys using (rubric_no)
where rubric_id = $rubric_id
    and rubric_hash is not null
group by rubric_hash
order by rubric_hash
