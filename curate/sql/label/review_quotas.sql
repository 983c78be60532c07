-- reads: pulled_votes, drawn
-- grain: one rater
-- why: a share of the rater's live votes is before an expert, rounded up so that everybody is looked at;
--      what was drawn stays drawn, and only what is missing is drawn anew
select
    pulled_votes.rater,
    count(*) as n_votes,
    count(drawn.event_id) as n_drawn,
    greatest(ceil($share::decimal(18, 6) * count(*))::bigint - count(drawn.event_id), 0) as n_missing
from pulled_votes
left join drawn using (event_id)
group by pulled_votes.rater
order by pulled_votes.rater
