-- reads: raw_events, events, pairs
-- grain: rater id of a person that is no pseudonym, with what would name it
-- why: people who rated are not to be found out; pairs hold raters beside their reasons, and
--      journals go with a push whole, what was superseded with them; only a deleted event leaves
--      without its rater
with
    people as (
        select rater.id as rater, 'votes' as place
        from raw_events
        where rater.kind = 'human'
            and not coalesce(deleted, false)
    ),
    reasons as (
        select unnest(rationales).rater as rater, 'reasons' as place
        from pairs
        where "level" = 'human'
    ),
    judges as (
        select distinct rater.id as rater
        from events
        where rater.kind <> 'human'
    )
select
    rater,
    list_sort(list_distinct(list(place))) as places
from (
    from people
    union all
    from reasons
    where rater not in (select rater from judges)
)
where not regexp_full_match(rater, $pattern)
    and not list_contains($pseudonyms, rater)
group by rater
order by rater
