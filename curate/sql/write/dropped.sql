-- reads: pull_dropped, validate_dropped, dedupe_dropped, decontaminate_dropped, filter_dropped, pair_dropped
-- grain: one row that left
-- why: nothing leaves without its reason; pulls report what they refused at the door
select *
from (
    select level, id, source, line, step, reason, detail, other_id, score from pull_dropped
    union all
    select level, id, source, line, step, reason, detail, other_id, score from validate_dropped
    union all
    select level, id, source, line, step, reason, detail, other_id, score from dedupe_dropped
    union all
    select level, id, source, line, step, reason, detail, other_id, score from decontaminate_dropped
    union all
    select level, id, source, line, step, reason, detail, other_id, score from filter_dropped
    union all
    select level, id, source, line, step, reason, detail, other_id, score from pair_dropped
)
order by step, level, reason, id, line, other_id, detail, source, score
