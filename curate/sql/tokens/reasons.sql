-- reads: answer_tokens
-- grain: reason why answers have no token count, or one without pictures
-- why: what cannot be counted is said, never passed over
select
    reason,
    count(*) as n
from answer_tokens
where reason is not null
group by reason
order by reason
