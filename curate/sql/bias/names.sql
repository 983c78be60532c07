-- reads: raw_candidates, raters
-- grain: name of a model that answered, or of a judge
-- why: a family is made from a name in Python
select distinct made.model as name
from (
    select unnest(generations) as made
    from raw_candidates
)
where made.model is not null
union
select rater as name
from raters
where level_no = 2
order by name
