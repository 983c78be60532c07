-- reads: known, fresh, judge_raters
-- grain: one model version that a judge reported, of what came by this wording
-- why: an alias is rerouted without notice, and then one rater is two models
with
    came as (
        select
            rater,
            version,
            request_hash
        from known
        where came
            and rubric_hash = $rubric_hash
        union
        select
            rater,
            version,
            request_hash
        from fresh
        where came
            and rubric_hash = $rubric_hash
    )
select
    rater,
    coalesce(version, 'unknown') as version,
    count(*) as n
from came
semi join judge_raters using (rater)
group by rater, version
order by rater, version
