-- reads: prompt_keys
-- grain: none
-- why: without routes no prompt was drawn, and nothing is known of the judge
select
    prompt_no,
    1::decimal(18, 6) as probability
from prompt_keys
where false
