-- reads: pulled_votes, drawn, review_quotas
-- grain: one vote that is to be reviewed and was not drawn yet
-- why: the order is by a hash of seed and vote, so that a draw depends on neither time nor place
select
    event_id,
    rater,
    task,
    vote_id,
    version
from pulled_votes
anti join drawn using (event_id)
join review_quotas using (rater)
qualify row_number() over (
    partition by rater
    order by sha256($seed || event_id), event_id
) <= n_missing
order by rater, event_id
