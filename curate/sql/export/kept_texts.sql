-- reads: splits, candidates
-- grain: answer that did not leave the build
-- why: what every row of an export has of its answer; in order, so that a range is found without a search
with
    kept as (
        select unnest(candidate_ids) as candidate_id
        from splits
    )
select
    candidates.prompt_id,
    candidates.candidate_id,
    candidates.response,
    candidates.origin,
    list_transform(candidates.generations, lambda made: made.model) as models
from candidates
semi join kept using (candidate_id)
order by candidates.prompt_id
