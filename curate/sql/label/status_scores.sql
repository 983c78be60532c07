-- reads: status_events
-- grain: pair of answers x rater who scored both on every weighted metric, or overall
-- why: differences are taken within one event (DESIGN 5.1), in whole units of the weights; a source without
--      scores on the workspace's rubric may have its own overall (DESIGN 4); a number that no scale has is
--      no score
with
    listed as (
        select
            event_no,
            is_scored,
            unnest(answers) as answer
        from status_events
        where compares
            and (is_scored or has_overall)
    ),
    weighed as (
        select
            event_no,
            is_scored,
            answer.candidate_id as candidate_id,
            list_filter(
                list_transform(
                    case when is_scored then $weighted_metrics else ['overall'] end,
                    lambda metric, place:
                        case when abs(answer.scores[metric]) <= $greatest_score
                            then round(answer.scores[metric] * 1000000)::bigint * $weight_units[place]
                        end
                ),
                lambda product: product is not null
            ) as products
        from listed
    ),
    sheets as (
        select
            event_no,
            candidate_id,
            list_sum(products) as total
        from weighed
        where array_length(products) = case when is_scored then array_length($weighted_metrics) else 1 end
    )
select
    status_events.role,
    status_events.rater,
    status_events.prompt_id,
    one.candidate_id as one_id,
    other.candidate_id as other_id,
    sign(sum(one.total - other.total))::tinyint as vote
from sheets as one
join sheets as other
    on other.event_no = one.event_no
    and other.candidate_id > one.candidate_id
join status_events
    on status_events.event_no = one.event_no
group by all
