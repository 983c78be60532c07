-- reads: events, pairs
-- grain: prompt of a pair, with every live vote on its answers
-- why: votes are few and short beside the texts, so they are gathered once, by rater
select
    prompt_id,
    list(
        struct_pack(
            event_id := event_id,
            kind := rater.kind,
            rater := rater.id,
            version := rater.version,
            answers := answers,
            tiers := tiers,
            verdict := verdict,
            confirmed := confirmed,
            final := final,
            reason := rationale,
            flags := flags
        )
        order by rater.kind, rater.id, event_id
    ) as votes
from events
where failure is null
    and reviews is null
    and prompt_id in (select prompt_id from pairs)
group by prompt_id
