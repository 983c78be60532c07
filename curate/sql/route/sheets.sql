-- reads: raw_events, readings, candidate_keys
-- grain: reading x answer with a score on every weighted metric
-- why: total is sum_m w_m x_m in 1e-10 points, whole numbers as in a build (DESIGN 5.1)
with
    listed as (
        select
            readings.reading_no,
            readings.prompt_no,
            readings.rater,
            unnest(raw_events.answers) as answer
        from readings
        join raw_events using (event_no)
    ),
    weighed as (
        select
            reading_no,
            prompt_no,
            rater,
            answer.candidate_id as candidate_id,
            list_filter(
                list_transform(
                    $weighted_metrics,
                    lambda metric, place: round(answer.scores[metric] * 1000000)::bigint * $weight_units[place]
                ),
                lambda product: product is not null
            ) as products
        from listed
    )
select
    weighed.reading_no,
    weighed.prompt_no,
    weighed.rater,
    candidate_keys.candidate_no,
    min(list_sum(weighed.products))::bigint as total
from weighed
join candidate_keys using (candidate_id, prompt_no)
where array_length(weighed.products) = array_length($weighted_metrics)
group by all
