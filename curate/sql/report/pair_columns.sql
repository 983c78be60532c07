-- reads: pairs
-- grain: one pair, as what it is found and sorted by
-- why: the order is that of report/shown_pairs, so a place in one is a place in the other
with
    questions as (
        select
            *,
            list_filter(messages, lambda message: message.role = 'user')[-1].parts as question
        from pairs
    )
select
    left(pair_id, 12) as id,
    left(
        array_to_string(
            list_transform(
                list_filter(question, lambda part: part.text is not null),
                lambda part: part.text
            ),
            ' '
        ),
        $shown_words
    ) as words,
    source,
    array_to_string(chosen_models, ', ') as chosen_model,
    array_to_string(rejected_models, ', ') as rejected_model,
    level,
    split,
    coalesce(attributes['category'], '') as category,
    margin_raw::double as margin,
    agreement::double as agreement,
    list_transform(
        $metrics,
        lambda metric: round((chosen_scores[metric] - rejected_scores[metric])::double, 2)
    ) as differences
from questions
order by prompt_id, pair_id
