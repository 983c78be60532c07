-- reads: events, pairs
-- grain: rater id of a person that is no pseudonym, with what would name it
-- why: people who rated are not to be found out; pairs hold raters beside their reasons, and
--      events go with a push whole
with
    people as (
        select rater.id as rater, 'votes' as place
        from events
        where rater.kind = 'human'
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
where not regexp_full_match(rater, 'h-[0-9a-f]{12}')
    and not list_contains($pseudonyms, rater)
group by rater
order by rater
