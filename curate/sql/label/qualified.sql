-- reads: gold, asked
-- grain: one gold prompt that qualifies annotators and that the server has no task for
-- why: the first of a draw by seed, as many as are wanted and not there yet; what stands among the work
--      is left out, since annotators may have met it there
with
    met as (
        select distinct
            prompt_id,
            purpose
        from asked
        join gold using (prompt_id)
    )
select
    prompt_id,
    answer_set,
    n_answers,
    draw
from gold
where is_known
    and n_answers between $fewest_answers and $most_answers
    and prompt_id not in (select prompt_id from met)
order by draw
limit greatest(
    $qualification - (select count(*) from met where purpose = 'qualification'), 0
)
