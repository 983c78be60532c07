-- reads: event_units, rank_places
-- grain: precedence that some vote has
-- why: whose word counts first is counted first, and what nobody spoke at is not looked at
select distinct precedence
from (
    select precedence
    from event_units
    union all
    select precedence
    from rank_places
)
order by precedence
