-- reads: raw_events, judge_raters, judge_weights
-- grain: one answer in one judgement that came, by this wording
-- why: what a judge's leaning is measured by; total is the weighted sum in points of the rubric, of answers
--      scored on every weighted metric; a unit is what differences are taken within, as in
--      validate/event_units: answers judged one at a time are one
with
    superseded as (
        select distinct supersedes as event_id
        from raw_events
        where supersedes is not null
    ),
    live as (
        select distinct on (event_id)
            event_id,
            prompt_id,
            rater.id as rater,
            coalesce(order_no, 0) as order_no,
            case
                when array_length(answers) = 1
                    then concat_ws('/', rater.id, prompt_id, rater.version, coalesce(sample, 0))
                else event_id
            end as unit,
            answers
        from raw_events
        anti join superseded using (event_id)
        where rubric_hash = $rubric_hash
            and rater.kind = 'judge'
            and rater.id in (select rater from judge_raters)
            and failure is null
            and not coalesce(deleted, false)
    ),
    shown as (
        select
            * exclude (answers),
            unnest(answers) as answer
        from live
    ),
    scored as (
        select
            * exclude (answer),
            answer.candidate_id as candidate_id,
            answer.position as slot,
            unnest(map_entries(answer.scores)) as entry
        from shown
    )
select
    rater,
    prompt_id,
    unit,
    order_no,
    candidate_id,
    slot,
    sum(entry.value * judge_weights.weight) as total
from scored
join judge_weights
    on judge_weights.metric = scored.entry.key
group by rater, prompt_id, unit, event_id, order_no, candidate_id, slot
having count(*) = $weighted_metrics
