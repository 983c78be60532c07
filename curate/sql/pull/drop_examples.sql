-- reads: dropped
-- grain: reason
-- why: a reason is understood by the first row that left for it
select
    reason,
    arg_min(concat_ws(': ', id_or_line, detail), seq) as example
from (
    select
        *,
        case when line is null then id else 'line ' || line end as id_or_line
    from dropped
)
group by reason
order by reason
