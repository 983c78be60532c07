-- reads: patterns
-- grain: pattern x rater
-- why: a vote a row, as the model takes them
select
    pattern_no,
    n_items,
    code // 4 as rater_no,
    code % 4 as label
from (
    select
        pattern_no,
        n_items,
        unnest(codes) as code
    from patterns
)
order by pattern_no, rater_no
