-- reads: live_events
-- grain: prompt on which somebody voted
-- why: a person's several events on a prompt are one vote
select
    prompt_no,
    count(distinct rater) as n_human_votes
from live_events
where rater_kind = 'human'
    and is_vote
group by prompt_no
