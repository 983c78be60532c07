-- reads: journal_rows (events, with only what routing asks about)
-- grain: one line of a journal
-- why: journals are parsed once and read again twice; answers are kept only of judges, and only where their
--      scores are asked for
select
    * exclude (answers, tiers, confirmed, usage, failure),
    coalesce(array_length(answers), 0) as n_answers,
    failure.reason as failure,
    usage.seconds as seconds,
    failure is null
    and (
        (coalesce(confirmed, true) and tiers is not null)
        or coalesce(
            array_length(list_filter(answers, lambda answer: cardinality(answer.scores) > 0)) > 0, false
        )
    ) as is_vote,
    case when $with_scores and rater.kind = 'judge' then answers end as answers
from journal_rows
