-- reads: raw_candidates
-- grain: candidate that several pulls have
-- why: every model that gave the answer, over all pulls; an answer of one pull has its models with it
select
    candidate_id,
    list_sort(list_distinct(list_transform(flatten(list(generations)), lambda made: made.model))) as models
from raw_candidates
where candidate_id in (
    select candidate_id
    from raw_candidates
    group by candidate_id
    having count(*) > 1
)
group by candidate_id
