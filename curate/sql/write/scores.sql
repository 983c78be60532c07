-- reads: scores
-- grain: candidate x metric x rubric_id x level
-- why: in a fixed order, and narrow: ids and names are put beside the sorted rows (numbered_answers, scales)
select
    candidate_no,
    scale_no,
    case level_no when 1 then 'human' when 2 then 'judge' else 'source' end as level,
    value,
    n_raters,
    spread
from scores
order by candidate_no, scale_no, level_no
