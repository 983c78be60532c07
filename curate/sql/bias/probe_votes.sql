-- reads: speaking
-- grain: pair of answers x rater, on the prompts that are looked at
-- why: kept once for all that is asked of votes
select
    one_no,
    other_no,
    prompt_no,
    rater_no,
    level_no,
    vote
from speaking
where prompt_no <= $probed_prompts
    and vote is not null
