-- reads: kept_pairs
-- grain: paired prompt
-- why: every prompt starts as its own group
select distinct
    prompt_no,
    prompt_no as label
from kept_pairs
