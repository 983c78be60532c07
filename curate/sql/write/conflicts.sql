-- reads: votes, raters
-- grain: rater with a conflict or a contradiction
-- why: conflicts are counted by rater (DESIGN 5.2)
select
    raters.rater,
    count(*) filter (votes.conflicted) as n_conflicts,
    count(*) filter (votes.contradicted) as n_contradictions
from votes
join raters using (rater_no)
where votes.conflicted or votes.contradicted
group by raters.rater
order by raters.rater
