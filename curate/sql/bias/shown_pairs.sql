-- reads: shown_answers
-- grain: live event x two answers, the one shown earlier first; first_wins is 1, 0 or -1
-- why: a confirmed ranking goes before scores, as in a rater's vote (DESIGN 5.2)
select
    one.event_no,
    one.prompt_no,
    one.rater_no,
    one.level_no,
    one.candidate_no as first_no,
    other.candidate_no as second_no,
    coalesce(sign(other.tier_no - one.tier_no), sign(one.total - other.total))::tinyint as first_wins
from shown_answers as one
join shown_answers as other
    on other.event_no = one.event_no
    and other.place > one.place
where coalesce(other.tier_no - one.tier_no, one.total - other.total) is not null
