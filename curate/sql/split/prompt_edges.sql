-- reads: prompt_ties
-- grain: prompt and the first prompt with the same tie
-- why: a way through the first is enough to join all
select
    one_no,
    other_no
from (
    select distinct
        min(prompt_no) over (partition by tie)::bigint as one_no,
        prompt_no::bigint as other_no
    from prompt_ties
)
where one_no != other_no
