-- reads: speaking, prompt_keys
-- grain: pair of answers x rater who voted on it
-- why: what raters are compared by; an expert's last word is not a vote beside others; bootstraps draw whole
--      clusters of prompts, of which there are so many at most (prompt numbers stand in the order of
--      hashes, so their remainders are a random draw)
select
    (prompt_no % $clusters)::integer as cluster_no,
    prompt_no,
    one_no,
    other_no,
    rater_no,
    level_no,
    vote
from speaking
where precedence > 0
    and vote is not null
