-- reads: sample_lines (answers in the journals that no pull holds yet)
-- grain: one generation that came
-- why: one that is in two journals counts once; the order is of content, so that the same generations
--      make the same pull in whatever order they came
select
    request_hash,
    prompt_id,
    model,
    endpoint,
    reported,
    sampling,
    finish,
    response
from sample_lines
qualify row_number() over (partition by request_hash order by "at") = 1
order by prompt_id, model, number, request_hash
