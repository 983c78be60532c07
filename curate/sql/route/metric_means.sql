-- reads: raw_events, readings
-- grain: prompt x metric that a judge scored
-- why: the mean over the judges' scores of all the prompt's answers, as a sum of whole millionths and one
--      division; sums are taken within an event first, since a score a row would be many rows
with
    event_sums as (
        select
            readings.prompt_no,
            unnest($metrics) as metric,
            unnest(
                list_transform(
                    $metrics,
                    lambda metric: list_sum(
                        list_transform(
                            raw_events.answers,
                            lambda answer: round(answer.scores[metric] * 1000000)::bigint
                        )
                    )::bigint
                )
            ) as units,
            unnest(
                list_transform(
                    $metrics,
                    lambda metric: array_length(
                        list_filter(raw_events.answers, lambda answer: answer.scores[metric] is not null)
                    )
                )
            ) as n_scores
        from readings
        join raw_events using (event_no)
    )
select
    prompt_no,
    metric,
    (sum(units)::double / (sum(n_scores) * 1000000))::decimal(18, 6) as value
from event_sums
where n_scores > 0
group by prompt_no, metric
