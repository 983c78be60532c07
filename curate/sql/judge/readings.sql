-- reads: score_lines (of every line of every journal what scores need), judge_raters
-- grain: one answer in one judgement that came, by this wording
-- why: what a judge's leaning is measured by; total is the weighted sum in points of the rubric, of answers
--      scored on every weighted metric; a unit is what differences are taken within, as in
--      validate/event_units: answers judged one at a time are one; distinct, since the same event in two
--      journals is one
with
    superseded as (
        select distinct supersedes as event_id
        from score_lines
        where supersedes is not null
    ),
    shown as (
        select
            event_id,
            prompt_id,
            rater.id as rater,
            coalesce(order_no, 0) as order_no,
            case
                when array_length(answers) = 1
                    then concat_ws('/', rater.id, prompt_id, rater.version, coalesce(sample, 0))
                else event_id
            end as unit,
            unnest(answers) as answer
        from score_lines
        anti join superseded using (event_id)
        where rubric_hash = $rubric_hash
            and rater.kind = 'judge'
            and rater.id in (select rater from judge_raters)
            and failure is null
            and not coalesce(deleted, false)
    ),
    weighed as (
        select
            * exclude (answer),
            answer.candidate_id as candidate_id,
            answer.position as slot,
            list_filter(
                list_transform($metrics, lambda metric, place: answer.scores[metric] * $weights[place]),
                lambda product: product is not null
            ) as products
        from shown
    )
select distinct
    rater,
    prompt_id,
    event_id,
    unit,
    order_no,
    candidate_id,
    slot,
    list_sum(products) as total
from weighed
where array_length(products) = array_length($metrics)
